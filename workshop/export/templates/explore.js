"use strict";
(() => {
  const pictures = JSON.parse(document.getElementById("pictures").textContent);
  const room = document.getElementById("explore");
  const config = {displayModeBar: false, displaylogo: false, showSendToCloud: false, plotlyServerURL: "",
                  responsive: true, scrollZoom: false, doubleClick: false, editable: false};
  const nodes = [...room.querySelectorAll("[data-picture]")];
  const key = traces => traces.filter(trace => trace.type === "bar").map(trace => {
    const name = document.createElement("span"), swatch = document.createElement("i");
    swatch.style.background = trace.marker.color;
    name.append(swatch, trace.name.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
    return name;
  });
  const draw = view => nodes.forEach((node, at) => {
    const views = pictures[at];
    const shown = Object.keys(views).length === 1 ? views.tones : views[view];
    node.hidden = !shown;
    node.nextElementSibling.hidden = Boolean(shown);
    node.previousElementSibling.replaceChildren(...(shown ? key(shown.data) : []));
    if (!shown) return;
    const layout = JSON.parse(JSON.stringify(shown.layout));
    if (node.clientWidth < 480) {
      layout.margin.l = Math.min(layout.margin.l, 128);
      layout.font.size = 11.5;
    }
    window.Plotly.react(node, shown.data, layout, config);
  });
  room.hidden = false;
  draw("tones");
  room.addEventListener("change", event => { if (event.target.name === "view") draw(event.target.value); });
})();
