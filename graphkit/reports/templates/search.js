
"use strict";
(function () {
  var box = document.getElementById("find");
  var list = document.getElementById("found");
  var pages = JSON.parse(document.getElementById("pages").textContent);
  var SHOWN = 12;
  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  }
  var known = pages.map(function (one) { return plain(one[0] + " " + one[1]); });
  document.getElementById("finder").hidden = false;
  function show() {
    var words = plain(box.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    var hits = [];
    for (var at = 0; words.length && at < pages.length; at++) {
      var text = known[at];
      if (words.every(function (word) { return text.indexOf(word) >= 0; })) hits.push(at);
    }
    hits.sort(function (a, b) { return known[a].indexOf(words[0]) - known[b].indexOf(words[0]) || a - b; });
    hits.slice(0, SHOWN).forEach(function (at) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = pages[at][2];
      link.textContent = pages[at][0] + (pages[at][1] ? " (" + pages[at][1] + ")" : "");
      item.appendChild(link);
      list.appendChild(item);
    });
    if (words.length && (!hits.length || hits.length > SHOWN)) {
      var note = document.createElement("li");
      note.className = "small";
      note.textContent = hits.length ? hits.length - SHOWN + " more: type on" : "Nothing is called so.";
      list.appendChild(note);
    }
    list.hidden = !words.length;
  }
  box.addEventListener("input", show);
  box.addEventListener("keydown", function (event) {
    var first = list.querySelector("a");
    if (event.key === "Enter" && first) { event.preventDefault(); first.click(); }
    if (event.key === "Escape") { box.value = ""; show(); }
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  });
})();
