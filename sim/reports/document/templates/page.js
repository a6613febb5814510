"use strict";
(function () {
  var tip = document.getElementById("tip");
  function rowsOf(name) {
    var holder = document.getElementById("table-" + name);
    return holder ? JSON.parse(holder.textContent) : null;
  }
  function show(event) {
    var mark = event.target.closest ? event.target.closest("[data-row]") : null;
    var figure = mark ? mark.closest("figure[data-table]") : null;
    var table = figure ? rowsOf(figure.getAttribute("data-table")) : null;
    if (!table) { tip.hidden = true; return; }
    var row = table.rows[Number(mark.getAttribute("data-row"))];
    tip.textContent = table.columns.map(function (name, place) {
      return row[place] === "" ? "" : name + ": " + row[place];
    }).filter(Boolean).join("\n");
    tip.hidden = false;
    tip.style.left = Math.min(event.pageX + 14, window.scrollX + window.innerWidth - 320) + "px";
    tip.style.top = event.pageY + 14 + "px";
  }
  document.addEventListener("mousemove", show);
  document.addEventListener("mouseleave", function () { tip.hidden = true; });
}());
