// A chart of figures over days: a mark for each, a line over what its text allows, an arrow where a bound is open.

const SHAPES = {
  killed: "disc", injured: "ring", casualties: "triangle", missing: "diamond", displaced: "square",
  abducted: "cross", detained: "plus", trapped: "hollow-diamond", infected: "hollow-square", rescued: "hollow-triangle",
};
const UNSURE = new Set(["denied", "hypothetical", "possible", "unconfirmed", "investigating"]);
const FRAME = { top: 18, right: 24, bottom: 40, left: 56 };

// points: {day, low, best, high, harm, status, label, open}; gives an SVG as wide as the page has room.
function plotted(points, { width, height, name, opened }) {
  const box = { left: FRAME.left, right: width - FRAME.right, top: FRAME.top, bottom: height - FRAME.bottom };
  const days = points.map((point) => point.day);
  let [from, to] = [Math.min(...days), Math.max(...days)];
  const pad = Math.max(3, (to - from) * 0.04);
  [from, to] = [from - pad, to + pad];
  const most = Math.max(1, ...points.map((point) => Math.max(point.best || 0, point.high || 0, point.low || 0)));
  const x = (value) => box.left + ((value - from) / (to - from)) * (box.right - box.left);
  // Tolls of one person and of thousands stand in one chart: the scale is logarithmic, and begins with 0.
  const y = (value) => box.bottom - (Math.log1p(value) / Math.log1p(most * 1.15)) * (box.bottom - box.top);
  const root = drawn("svg", { class: "plot", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": name });
  root.append(drawn("g", { class: "grid", "aria-hidden": "true" }, ticksOf(most, y).map((tick) => [
    drawn("line", { x1: box.left, x2: box.right, y1: y(tick), y2: y(tick) }),
    drawn("text", { x: box.left - 8, y: y(tick) + 4, "text-anchor": "end" }, number(tick)),
  ]), daysOf(from, to, width).map(({ at, label }) => [
    drawn("line", { class: "tick", x1: x(at), x2: x(at), y1: box.bottom, y2: box.bottom + 5 }),
    // The last one does not run out of the chart.
    drawn("text", { x: Math.min(x(at), width - 4 - label.length * 3.2), y: box.bottom + 20, "text-anchor": "middle" }, label),
  ]), drawn("line", { class: "axis", x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom })));
  const shifts = spread(points);
  const nodes = points.map((point, i) => pointNode(point, Math.min(box.right, Math.max(box.left, x(point.day) + shifts[i])), y, box, opened));
  root.append(...nodes);
  steerable(root, nodes);
  return root;
}

// Figures of one day stand side by side.
function spread(points) {
  const byDay = new Map();
  points.forEach((point, i) => byDay.has(point.day) ? byDay.get(point.day).push(i) : byDay.set(point.day, [i]));
  const shifts = new Array(points.length).fill(0);
  for (const mine of byDay.values()) {
    const step = Math.min(10, 70 / mine.length);
    mine.forEach((i, rank) => { shifts[i] = (rank - (mine.length - 1) / 2) * step; });
  }
  return shifts;
}

function pointNode(point, x, y, box, opened) {
  const at = point.best ?? point.low ?? point.high;
  const middle = y(at);
  const lines = [];
  const low = point.low ?? null;
  const high = point.high ?? null;
  const top = high === null ? Math.max(box.top - 8, middle - 30) : y(high);
  const bottom = low === null ? Math.min(box.bottom, middle + 30) : y(low);
  if (bottom - top > 1) lines.push(drawn("line", { class: "span", x1: x, x2: x, y1: top, y2: bottom }));
  lines.push(high === null ? arrow(x, top, -1) : drawn("line", { class: "span", x1: x - 4, x2: x + 4, y1: top, y2: top }));
  lines.push(low === null ? arrow(x, bottom, 1) : drawn("line", { class: "span", x1: x - 4, x2: x + 4, y1: bottom, y2: bottom }));
  const isWhole = low === high && low !== null;
  const node = drawn("g", {
    class: `point h-${point.harm}${UNSURE.has(point.status) ? " is-unsure" : ""}`, role: "button", tabindex: "-1", "aria-label": point.label,
  }, drawn("title", null, point.label), drawn("circle", { class: "halo", cx: x, cy: middle, r: 12 }), isWhole ? null : lines, shape(SHAPES[point.harm] || "disc", x, middle, 5));
  node.point = point;
  node.addEventListener("click", () => opened(point));
  return node;
}

function arrow(x, y, way) {
  return drawn("path", { class: "open", d: `M${x - 4},${y - way * 5}L${x},${y}L${x + 4},${y - way * 5}` });
}

function shape(named, x, y, r) {
  const kind = named.replace("hollow-", "");
  const look = kind === named && kind !== "ring" ? "shape" : "shape is-hollow";
  if (kind === "disc" || kind === "ring") return drawn("circle", { class: look, cx: x, cy: y, r });
  const path = {
    square: `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    diamond: `M${x},${y - r - 1}L${x + r + 1},${y}L${x},${y + r + 1}L${x - r - 1},${y}Z`,
    triangle: `M${x},${y - r - 1}L${x + r + 1},${y + r}L${x - r - 1},${y + r}Z`,
    cross: `M${x - r},${y - r}L${x + r},${y + r}M${x - r},${y + r}L${x + r},${y - r}`,
    plus: `M${x},${y - r - 1}V${y + r + 1}M${x - r - 1},${y}H${x + r + 1}`,
  }[kind];
  return drawn("path", { class: look, d: path });
}

function ticksOf(most, y) {
  const found = [0];
  let last = y(0);
  for (let ten = 1; ten <= most * 1.15; ten *= 10) {
    for (const times of [1, 2, 5]) {
      const tick = ten * times;
      if (tick <= most * 1.15 && last - y(tick) >= 26) {
        found.push(tick);
        last = y(tick);
      }
    }
  }
  return found;
}

function daysOf(from, to, width) {
  const most = Math.max(2, Math.floor((width - 80) / 110));
  const date = (value) => new Date(value * 86400000);
  const all = to - from;
  const found = [];
  if (all / most <= 20) {
    const step = Math.max(1, Math.ceil(all / most));
    for (let at = Math.ceil(from); at <= to; at += step) found.push({ at, label: day(date(at).toISOString().slice(0, 10), true) });
    return found;
  }
  const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((step) => all / 30.4 / step <= most) || 1200;
  const first = date(from);
  let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth() + 1) / months) * months;
  for (; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000;
    if (at > to) break;
    found.push({ at, label: months % 12 ? `${MONTHS[month % 12].slice(0, 3)} ${Math.floor(month / 12)}` : String(Math.floor(month / 12)) });
  }
  return found;
}

// One node of a chart is in the order of tabs; arrows go from node to node, Enter opens.
function steerable(root, nodes) {
  if (!nodes.length) return;
  const ordered = [...nodes];
  let current = ordered[0];
  current.setAttribute("tabindex", "0");
  const go = (node) => {
    current.setAttribute("tabindex", "-1");
    current = node;
    current.setAttribute("tabindex", "0");
    current.focus();
  };
  root.addEventListener("keydown", (event) => {
    const at = ordered.indexOf(event.target.closest("[role=button]"));
    if (at < 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      if (ordered[at + step]) go(ordered[at + step]);
    } else if (event.key === "Home" || event.key === "End") {
      go(event.key === "Home" ? ordered[0] : ordered.at(-1));
    } else if (event.key === "Enter" || event.key === " ") {
      ordered[at].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
}

function shapeKey(harms) {
  return element("ul", { class: "key" }, harms.map((harm) => element("li", { class: `h-${harm}` },
    drawn("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true", class: `h-${harm}` }, shape(SHAPES[harm] || "disc", 8, 8, 5)), upper(HARMS[harm] || harm))),
    element("li", null, drawn("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
      drawn("line", { class: "span", x1: 8, x2: 8, y1: 3, y2: 15 }), arrow(8, 2, -1)), "Bound left open"),
    element("li", { class: "is-unsure" }, drawn("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
      shape("ring", 8, 8, 5)), "Possible, unconfirmed, looked into, denied or supposed"));
}
