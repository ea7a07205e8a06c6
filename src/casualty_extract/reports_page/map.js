// A map of where the harm happened, drawn from the outlines in the report: no service is asked for tiles.

const map = { root: null, holder: null, by: "figure", zoom: 1, centre: null, spots: [] };
const LARGEST = 18;
const ZOOMS = [1, 1.6, 2.5, 4, 6.5, 10, 16];

function makeMap() {
  map.root = element("section", { class: "chart-view", "aria-label": "Map" });
  return map.root;
}

// One spot for each place: its claims, and the greatest figure that any of them tells.
function spotsOf(claims) {
  const spots = new Map();
  for (const claim of claims) {
    const place = spot(claim);
    if (!place) continue;
    const key = `${place.name} ${place.lat} ${place.lon}`;
    if (!spots.has(key)) spots.set(key, { place, claims: [], most: 0, top: claim });
    const one = spots.get(key);
    one.claims.push(claim);
    const q = claim.quantity;
    const value = claim.unit === "people" ? q.best ?? q.low ?? q.high ?? 0 : 0;
    if (value > one.most) Object.assign(one, { most: value, top: claim });
  }
  return [...spots.values()].sort((a, b) => b.most - a.most || b.claims.length - a.claims.length);
}

function spotLabel(one) {
  const place = one.place;
  const where = place.country && place.kind !== "country" ? `${place.name}, ${country(place.country)}` : place.name;
  return `${where} (${PRECISION[place.kind]}): ${counted(one.claims.length, "claim")}. Highest figure: ${headline(one.top)}; ${standing(one.top)}`;
}

function renderMap() {
  map.spots = spotsOf(shown.claims);
  const without = shown.claims.filter((claim) => !spot(claim)).length;
  map.holder = element("div", { class: "chart map" });
  const hasMap = DATA.outlines && map.spots.length;
  replace(map.root, element("h2", null, "Where the harm happened"),
    element("div", { class: "choices" },
      element("fieldset", { class: "choice" }, element("legend", null, "Size of points"),
        [["figure", "Highest figure told"], ["claims", "Number of claims"]].map(([value, label]) => element("label", null, element("input", {
          type: "radio", name: "map-by", id: `map-by-${value}`, value, checked: map.by === value,
          on: { change: () => { map.by = value; again(renderMap, `map-by-${value}`); } },
        }), label))),
      element("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
        button("−", () => zoomBy(-1), { "aria-label": "Zoom out" }), button("+", () => zoomBy(1), { "aria-label": "Zoom in" }),
        button("Whole map", () => { map.zoom = 1; map.centre = null; drawMap(); }))),
    hasMap ? [precisionKey(), map.holder] : element("p", { class: "empty" }, "No claim with a place on the map fits these filters."),
    element("p", { class: "notes" },
      "Press a point to filter by its place, and again to take the filter back. Each claim stands at the finest place that its text names: a ring stands for a whole country or region. Figures of one place are not added up. ",
      without ? `${counted(without, "claim")} without a place on the map ${without === 1 ? "is" : "are"} left out. ` : "",
      hasMap ? `Outlines: ${DATA.outlines.source}. They show who holds an area in fact, and say nothing on whose it is.` : ""),
    map.spots.length ? spotTable() : null);
  if (hasMap) drawMap();
}

function drawMap() {
  const width = Math.max(280, Math.round(map.holder.clientWidth));
  const [west, south, east, north] = DATA.outlines.box;
  // Equirectangular, true to scale along the middle parallel.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const tallest = Math.round(Math.min(innerHeight * 0.72, 720));
  const scale = Math.min(width / ((east - west) * narrow), tallest / (north - south));
  const height = Math.round((north - south) * scale);
  const full = (east - west) * narrow * scale;
  const x = (lon) => (lon - west) * narrow * scale;
  const y = (lat) => (north - lat) * scale;
  const { unit, countries } = DATA.outlines;
  const paths = countries.map(({ name, rings }) => drawn("path", {
    class: "land", "fill-rule": "evenodd", d: rings.map((ring) => ringPath(ring, unit * narrow * scale, unit * scale, height)).join(""),
  }, drawn("title", null, name)));
  const size = map.zoom;
  const [cx, cy] = map.centre || [full / 2, height / 2];
  const w = full / size;
  const h = height / size;
  const left = Math.min(Math.max(cx - w / 2, 0), full - w);
  const top = Math.min(Math.max(cy - h / 2, 0), height - h);
  map.centre = size === 1 ? null : [left + w / 2, top + h / 2];
  map.reach = { full, height, w, h };
  const greatest = Math.max(1, ...map.spots.map(weight));
  const most = Math.min(LARGEST, width / 40);
  const radius = (one) => (4 + most * Math.sqrt(weight(one) / greatest)) / size;
  const nodes = map.spots.map((one) => spotNode(one, x(one.place.lon), y(one.place.lat), radius(one), size));
  const root = drawn("svg", {
    class: "plot", viewBox: `${left} ${top} ${w} ${h}`, width: full, height, role: "group", "aria-label": "Map of places; the table below has the same",
  }, drawn("rect", { class: "sea", x: 0, y: 0, width: full, height }), drawn("g", { "aria-hidden": "true", "stroke-width": 0.8 / size }, paths), nodes, labels(map.spots, x, y, size, radius));
  steerable(root, nodes);
  draggable(root);
  replace(map.holder, root);
}

function weight(one) {
  return map.by === "figure" ? one.most : one.claims.length;
}

function ringPath(ring, stepX, stepY, height) {
  let [x, y] = [ring[0], ring[1]];
  const at = () => `${(x * stepX).toFixed(1)},${(height - y * stepY).toFixed(1)}`;
  let path = `M${at()}`;
  for (let i = 2; i < ring.length; i += 2) {
    x += ring[i];
    y += ring[i + 1];
    path += `L${at()}`;
  }
  return `${path}Z`;
}

function spotNode(one, x, y, r, size) {
  const { kind, name } = one.place;
  const isOn = state.chosen.place.has(name);
  const label = spotLabel(one);
  const mark = kind === "site"
    ? drawn("path", { class: "shape", d: `M${x},${y - r}L${x + r},${y}L${x},${y + r}L${x - r},${y}Z` })
    : drawn("circle", { class: "shape", cx: x, cy: y, r });
  const node = drawn("g", {
    class: `spot p-${kind}`, role: "button", tabindex: "-1", "aria-pressed": String(isOn), "aria-label": label, "stroke-width": 1.5 / size,
  }, drawn("title", null, label), drawn("circle", { class: "halo", cx: x, cy: y, r: Math.max(r, 8 / size) + 4 / size }), mark,
  drawn("circle", { class: "dot", cx: x, cy: y, r: 1.6 / size }));
  // On a map that is zoomed in, the point that keys lead to is brought into view.
  node.addEventListener("focus", () => { if (map.zoom > 1 && node.matches(":focus-visible")) panTo(node.ownerSVGElement, x, y); });
  node.addEventListener("click", () => {
    if (map.isDragged) return;
    toggleFilter("place", name);
    const again = [...map.holder.querySelectorAll(".spot")].find((other) => other.getAttribute("aria-label").startsWith(`${name}`));
    if (again) {
      again.setAttribute("tabindex", "0");
      again.focus();
    }
    announce(state.chosen.place.has(name) ? `Only claims of ${name}` : `No longer only claims of ${name}`);
  });
  return node;
}

// Names stand beside the greatest points, where there is room.
function labels(spots, x, y, size, radius) {
  const taken = [];
  return drawn("g", { class: "names", "aria-hidden": "true", "font-size": 12 / size, "stroke-width": 3 / size }, spots.slice(0, 40).map((one) => {
    const long = (one.place.name.length * 6.8) / size;
    const [at, middle] = [x(one.place.lon), y(one.place.lat) + 4 / size];
    const right = at + radius(one) + 4 / size;
    const left = right + long > map.reach.full ? at - radius(one) - 4 / size - long : right;
    const box = [left, middle - 12 / size, left + long, middle + 3 / size];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return null;
    taken.push(box);
    return drawn("text", { x: left, y: middle }, one.place.name);
  }));
}

function precisionKey() {
  const one = (kind, label) => element("li", null, drawn("svg", { width: 20, height: 16, viewBox: "0 0 20 16", "aria-hidden": "true", class: `spot p-${kind}`, "stroke-width": 1.5 },
    kind === "site" ? drawn("path", { class: "shape", d: "M10,2L16,8L10,14L4,8Z" }) : drawn("circle", { class: "shape", cx: 10, cy: 8, r: 6 }),
    drawn("circle", { class: "dot", cx: 10, cy: 8, r: 1.6 })), label);
  return element("ul", { class: "key", "aria-label": "How exactly the place is known" },
    one("city", "Town"), one("site", "Site: a base, a road, a camp"), one("region", "Only the region is told"), one("country", "Only the country is told"));
}

function zoomBy(step) {
  const at = ZOOMS.indexOf(map.zoom);
  map.zoom = ZOOMS[Math.min(Math.max(at + step, 0), ZOOMS.length - 1)];
  if (!map.centre && map.spots.length && map.zoom > 1) {
    const [west, , , north] = DATA.outlines.box;
    const { full, height } = map.reach;
    const place = map.spots[0].place;
    map.centre = [((place.lon - west) / (DATA.outlines.box[2] - west)) * full, ((north - place.lat) / (north - DATA.outlines.box[1])) * height];
  }
  drawMap();
}

function panTo(root, x, y) {
  const { full, height, w, h } = map.reach;
  const left = Math.min(Math.max(x - w / 2, 0), full - w);
  const top = Math.min(Math.max(y - h / 2, 0), height - h);
  map.centre = [left + w / 2, top + h / 2];
  root.setAttribute("viewBox", `${left} ${top} ${w} ${h}`);
}

function draggable(root) {
  let from = null;
  root.addEventListener("pointerdown", (event) => {
    map.isDragged = false;
    if (map.zoom > 1) from = [event.clientX, event.clientY, ...(map.centre || [0, 0])];
  });
  root.addEventListener("pointermove", (event) => {
    if (!from) return;
    const moved = [event.clientX - from[0], event.clientY - from[1]];
    if (!map.isDragged && Math.hypot(...moved) < 4) return;
    map.isDragged = true;
    panTo(root, from[2] - moved[0] / map.zoom, from[3] - moved[1] / map.zoom);
  });
  for (const end of ["pointerup", "pointerleave"]) root.addEventListener(end, () => { from = null; });
}

function spotTable() {
  const body = element("tbody");
  const made = element("details", { class: "as-table" }, element("summary", null, "Table of these places"),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of places" }, element("table", null,
      element("thead", null, element("tr", null, ["Place", "Country", "Known to", "Claims", "Highest figure told", "Who says so"].map((head) => element("th", { scope: "col" }, head)))), body)));
  made.addEventListener("toggle", () => {
    if (!made.open || body.childElementCount) return;
    listed(body, map.spots, (one) => element("tr", null,
      element("th", { scope: "row" }, button(one.place.name, () => toggleFilter("place", one.place.name), { class: "link", "aria-pressed": String(state.chosen.place.has(one.place.name)) })),
      element("td", null, one.place.country ? country(one.place.country) : ""), element("td", null, PRECISION[one.place.kind]),
      element("td", { class: "is-number" }, number(one.claims.length)), element("td", null, upper(headline(one.top))), element("td", null, upper(standing(one.top)))), 100, "places");
  });
  return made;
}
