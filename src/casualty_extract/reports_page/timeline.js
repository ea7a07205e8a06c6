// Figures over time: those of the claims, or the tolls of incidents, by the day of the harm or of publication.

const timeline = { root: null, chart: null, of: "tolls", by: "event", harms: null };
const MOST_POINTS = 1500;

function makeTimeline() {
  timeline.root = element("section", { class: "chart-view", "aria-label": "Timeline" });
  return timeline.root;
}

function eventDay(earliest, latest) {
  if (!earliest && !latest) return null;
  return (dayNumber(earliest || latest) + dayNumber(latest || earliest)) / 2;
}

function dayOf(article, earliest, latest) {
  const published = article.published ? dayNumber(article.published) : null;
  if (timeline.by === "published") return { day: published, isPublished: true };
  const event = eventDay(earliest, latest);
  return event === null ? { day: published, isPublished: true } : { day: event, isPublished: false };
}

function timelinePoints() {
  return timeline.of === "claims" ? claimPoints() : tollPoints();
}

function claimPoints() {
  return shown.claims.filter((claim) => claim.unit === "people" && claim.harm).map((claim) => {
    const time = claim.time || {};
    const q = claim.quantity;
    const when = dayOf(claim.article, time.earliest, time.latest);
    return {
      ...when, claim, article: claim.article, harm: claim.harm.label, status: claim.status,
      low: q.low, best: q.best, high: q.high, figure: upper(headline(claim)), allowed: allowed(q),
      who: whoSays(claim), sure: claim.status, date: when.isPublished ? "" : whenWords(claim, true),
    };
  });
}

function tollPoints() {
  const points = [];
  for (const [article, claims] of shown.byArticle) {
    const there = new Set(claims.map((claim) => claim.incident));
    for (const incident of article.incidents) {
      if (!there.has(incident.id)) continue;
      const mine = claims.filter((claim) => claim.incident === incident.id);
      for (const toll of incident.tolls || []) {
        const told = mine.filter((claim) => claim.harm && claim.harm.label === toll.harm);
        if (!told.length) continue;
        const when = dayOf(article, incident.earliest, incident.latest);
        points.push({
          ...when, article, claim: told[0], harm: toll.harm, status: told.every((c) => UNSURE.has(c.status)) ? told[0].status : "asserted",
          low: toll.low, best: toll.best, high: toll.high, figure: `${upper(tollWords(toll))}: ${range(toll)}`, allowed: range(toll),
          who: unique(told.map(whoSays)).slice(0, 3).join("; "), sure: unique(told.map((c) => c.status)).join(", "),
          date: when.isPublished ? "" : period(incident.earliest, incident.latest, true), where: (incident.places || [])[0] || "",
        });
      }
    }
  }
  return points;
}

function pointLabel(point) {
  const date = point.date || (point.article.published ? `published ${day(point.article.published, true)}` : "no day");
  return `${point.figure}. ${date}${point.where ? `, ${point.where}` : ""}. ${upper(point.sure)}; ${point.who}. ${headlineOf(point.article)}`;
}

function renderTimeline() {
  const all = timelinePoints().filter((p) => [p.low, p.best, p.high].some((v) => v !== undefined));
  const dated = all.filter((point) => point.day !== null).map((point) => ({ ...point, label: pointLabel(point) }));
  dated.sort((a, b) => a.day - b.day || a.article.index - b.article.index);
  const harms = Object.keys(HARMS).filter((harm) => dated.some((point) => point.harm === harm));
  const kept = timeline.harms ? dated.filter((point) => point.harm === timeline.harms) : dated;
  const drawnPoints = kept.slice(0, MOST_POINTS);
  timeline.chart = element("div", { class: "chart" });
  const undated = all.length - dated.length;
  const notes = [
    timeline.by === "event" && drawnPoints.some((p) => p.isPublished) ? "Where the text tells no day of the harm, the day of publication stands for it." : "",
    timeline.of === "tolls" ? "A toll is what an article’s claims of one incident add up to. Running totals are incidents of their own: do not add them to the tolls of single events." : "Claims of one toll stand beside each other: do not add them up.",
    undated ? `${counted(undated, "figure")} without any day ${undated === 1 ? "is" : "are"} left out.` : "",
    kept.length > drawnPoints.length ? `The first ${number(MOST_POINTS)} of ${number(kept.length)} are drawn: filter to see the others.` : "",
  ].filter(Boolean);
  replace(timeline.root, element("h2", null, "Tolls over time"),
    element("div", { class: "choices" },
      choice("Show", "of", [["tolls", "Tolls of incidents"], ["claims", "Every claim"]]),
      choice("By the day of", "by", [["event", "The harm"], ["published", "Publication"]]),
      harmChoice(harms)),
    drawnPoints.length ? [shapeKey(harms), timeline.chart] : element("p", { class: "empty" }, "No figure with a day fits these filters."),
    element("p", { class: "notes" }, notes.join(" ")),
    drawnPoints.length ? pointTable(kept, "Table of these figures") : null);
  drawTimeline(drawnPoints);
  timeline.points = drawnPoints;
}

function drawTimeline(points) {
  if (!points.length || !timeline.chart) return;
  const width = Math.max(280, Math.round(timeline.chart.clientWidth));
  replace(timeline.chart, plotted(points, {
    width, height: width < 600 ? 340 : 460, name: "Figures over time; the table below has the same",
    opened: (point) => select(point.claim, { from: "link" }),
  }));
}

function choice(name, key, options) {
  return element("fieldset", { class: "choice" }, element("legend", null, name), options.map(([value, label]) =>
    element("label", null, element("input", {
      type: "radio", name: `timeline-${key}`, id: `timeline-${key}-${value}`, value, checked: timeline[key] === value,
      on: { change: () => { timeline[key] = value; again(renderTimeline, `timeline-${key}-${value}`); } },
    }), label)));
}

function harmChoice(harms) {
  if (harms.length < 2) return null;
  const box = element("select", { id: "timeline-harm", on: { change: () => { timeline.harms = box.value || null; again(renderTimeline, "timeline-harm"); } } },
    element("option", { value: "" }, "All harms"), harms.map((harm) => element("option", { value: harm, selected: timeline.harms === harm }, upper(HARMS[harm]))));
  return element("label", { class: "choice" }, "Harm ", box);
}

function again(render, id) {
  render();
  const node = document.getElementById(id);
  if (node) node.focus();
}

// The same figures in words, for those who read no chart.
function pointTable(points, name) {
  const body = element("tbody");
  const made = element("details", { class: "as-table" }, element("summary", null, name),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, element("table", null,
      element("thead", null, element("tr", null, ["Day", "Figure", "Who says so", "How sure", "Article"].map((head) => element("th", { scope: "col" }, head)))), body)));
  made.addEventListener("toggle", () => {
    if (!made.open || body.childElementCount) return;
    listed(body, points, (point) => element("tr", null,
      element("td", null, point.date || (point.article.published ? `published ${day(point.article.published, true)}` : "not told")),
      element("th", { scope: "row" }, button(point.figure, () => select(point.claim, { from: "link" }), { class: "link" })),
      element("td", null, point.who), element("td", null, point.sure), element("td", null, headlineOf(point.article))), 100, "figures");
  });
  return made;
}
