"use strict";
(() => {
  const data = JSON.parse(document.getElementById("curves-data").textContent);
  const root = document.documentElement;
  const colour = name => getComputedStyle(root).getPropertyValue(name).trim();
  const shown = value => value == null ? "–" : String(+value.toPrecision(4));
  const height = 250;
  const charts = [];

  // For each arm its mean, then, for several seeds, the ends of its band.
  function series(chart) {
    const all = [{ label: "step", value: (u, v) => v == null ? "–" : String(v) }], values = [chart.steps], bands = [];
    const few = chart.steps.length < 40;
    for (const curve of chart.curves) {
      const arm = data.arms[curve.arm];
      all.push({
        label: arm.name, stroke: () => colour(arm.colour), width: 2, dash: arm.dash, spanGaps: few, value: (u, v) => shown(v),
        points: { show: few, size: 7, fill: () => colour(arm.colour) },
      });
      values.push(curve.mean);
      if (!curve.low) continue;
      const end = { label: "", class: "aside", stroke: "transparent", width: 0, spanGaps: few, points: { show: false } };
      all.push({ ...end }, { ...end });
      values.push(curve.high, curve.low);
      bands.push({ series: [all.length - 2, all.length - 1], fill: () => colour(arm.colour) + "33" });
    }
    if (chart.chance) {
      all.push({ label: "chance", stroke: () => colour("--dim"), width: 1, dash: [3, 4], points: { show: false }, value: (u, v) => shown(v) });
      values.push(chart.steps.map(() => chart.chance[0]));
    }
    return { all, values, bands };
  }

  function axis(size) {
    return {
      stroke: () => colour("--ink"), grid: { stroke: () => colour("--line"), width: 0.5 }, ticks: { stroke: () => colour("--line"), width: 0.5 },
      font: "12px system-ui, sans-serif", values: (u, splits) => splits.map(v => v == null ? "" : String(+v.toPrecision(6))), size,
    };
  }

  // An arm that is switched off takes its band along.
  function follow(u, index, options) {
    if (index == null || options.show == null) return;
    for (let next = index + 1; next < u.series.length && u.series[next].class === "aside"; next++) u.setSeries(next, { show: options.show });
  }

  function draw(plot, chart, key) {
    const { all, values, bands } = series(chart);
    const u = new uPlot({
      width: plot.clientWidth, height, series: all, bands, axes: [axis(36), axis(66)], scales: { x: { time: false } },
      cursor: { sync: { key, scales: ["x", null] }, drag: { x: true, y: false } }, hooks: { setSeries: [follow] },
    }, values, plot);
    charts.push(u);
    new ResizeObserver(() => { if (plot.clientWidth !== u.width && plot.clientWidth > 0) u.setSize({ width: plot.clientWidth, height }); }).observe(plot);
  }

  for (const figure of document.querySelectorAll("figure.chart"))
    draw(figure.querySelector(".plot"), data.charts[+figure.dataset.chart], figure.parentElement.previousElementSibling.textContent);

  const form = document.getElementById("zoom");
  const zoom = (from, to) => {
    for (const u of charts) {
      const steps = u.data[0], min = from ?? steps[0], max = to ?? steps[steps.length - 1];
      if (min < max) u.setScale("x", { min, max });
    }
  };
  const number = input => input.value === "" ? null : +input.value;
  form?.addEventListener("submit", event => { event.preventDefault(); zoom(number(form.elements.from), number(form.elements.to)); });
  form?.addEventListener("reset", () => zoom(null, null));

  // Canvases hold colours, so they are drawn again where these change; paper is light.
  const again = () => charts.forEach(u => u.redraw(false, true));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  addEventListener("beforeprint", () => { root.classList.add("printing"); again(); });
  addEventListener("afterprint", () => { root.classList.remove("printing"); again(); });
  root.dataset.charts = charts.length;
})();
