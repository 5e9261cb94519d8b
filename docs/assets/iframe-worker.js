// Search in a page that was opened as a file: browsers start no worker from a file, so the worker's
// script runs in a hidden frame. Served over http, nothing here is used. The search script looks for
// the name IFrameWorker in its parent.
if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.ready = new Promise((resolve) => this.frame.addEventListener("load", resolve));
      this.frame.srcdoc =
        "<!doctype html><script>" +
        "postMessage = (data) => parent.dispatchEvent(new MessageEvent('message', " +
        "{data, source: window}));" +
        "importScripts = (...urls) => urls.reduce((done, url) => done.then(() => new Promise(" +
        "(resolve, reject) => { const one = document.createElement('script'); one.src = url;" +
        "one.onload = resolve; one.onerror = reject; document.body.append(one); })), " +
        "Promise.resolve());" +
        "<\/script><body><script src=\"" + new URL(url, document.baseURI) + "\"><\/script>";
      window.addEventListener("message", (event) => {
        if (event.source === this.frame.contentWindow) {
          this.dispatchEvent(new MessageEvent("message", { data: event.data }));
        }
      });
      document.documentElement.append(this.frame);
    }

    postMessage(data) {
      this.ready.then(() =>
        this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })),
      );
    }

    terminate() {
      this.frame.remove();
    }
  };
  window.Worker = window.IFrameWorker;
}
