// Shows the page of a map in a frame of its own: what stands in it can reach nothing around it.
export default {
  render({ model, el }) {
    const frame = document.createElement("iframe");
    frame.title = "Network map";
    frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-modals");
    frame.style.cssText = "width: 100%; border: 0; display: block";
    const size = () => { frame.style.height = `${model.get("height")}px`; };
    // A blob has an address of its own, so that the page can keep its state behind a #.
    let address = "";
    const show = () => {
      URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([model.get("page")], { type: "text/html" }));
      frame.src = address;
    };
    model.on("change:height", size);
    model.on("change:page", show);
    size();
    show();
    el.append(frame);
    return () => {
      model.off("change:height", size);
      model.off("change:page", show);
      URL.revokeObjectURL(address);
    };
  },
};
