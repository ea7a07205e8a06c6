// The data of the report: articles and claims that know each other, and passages in the text's own offsets.

const DATA = JSON.parse(document.getElementById("report-data").textContent);
const ARTICLES = DATA.documents;
const CLAIMS = [];
const BY_KEY = new Map();

// Offsets count code points; JavaScript counts UTF-16 units, of which some code points take two.
function unitsOf(text) {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return null;
  const units = [];
  let at = 0;
  for (const point of text) {
    units.push(at);
    at += point.length;
  }
  units.push(at);
  return units;
}

for (const [index, article] of ARTICLES.entries()) {
  let key = article.id;
  // Two articles may have one id; the key tells them apart.
  for (let n = 2; BY_KEY.has(key); n++) key = `${article.id}~${n}`;
  BY_KEY.set(key, article);
  Object.assign(article, { key, index, units: undefined, byId: new Map() });
  article.claims ||= [];
  article.incidents ||= [];
  for (const claim of article.claims) {
    claim.article = article;
    claim.number = CLAIMS.length;
    article.byId.set(claim.id, claim);
    CLAIMS.push(claim);
  }
}

const HAS_ALL_TEXTS = ARTICLES.every((article) => typeof article.text === "string");

// A first line that tells who wrote the article or when is no headline.
const NO_HEADLINE = /^(?:(?:[Pp]ublished|[Uu]pdated|[Pp]osted|[Ll]ast updated|[Dd]ate)\b.{0,60}\d.{0,20}|[Bb][Yy](?: (?:and )?\p{Lu}\S*){1,5})$/u;

function headlineOf(article) {
  if (article.title) return article.title;
  const lines = (article.text || "").trim().split("\n", 12).map((line) => line.trim()).filter(Boolean);
  const first = lines.find((line) => line.length > 90 || !NO_HEADLINE.test(line)) || lines[0];
  if (!first) return article.id;
  return first.length > 90 ? `${first.slice(0, 88).replace(/\s+\S*$/, "")} …` : first;
}

function isSame(a, b) {
  return a.article === b.article && a.id === b.id;
}

// [start, end] in UTF-16 units of the article's text.
function bounds(article, at) {
  if (article.units === undefined) article.units = unitsOf(article.text);
  return article.units ? [article.units[at[0]], article.units[at[1]]] : [at[0], at[1]];
}

function words(article, at) {
  if (!at) return "";
  if (at.length > 2) return at[2];
  const [start, end] = bounds(article, at);
  return article.text.slice(start, end);
}

// Every passage of a claim with its kind; the source's word of saying is marked as the source is.
function passages(claim) {
  const found = [["quantity", claim.quantity.at]];
  for (const kind of ["harm", "victims", "cause", "perpetrator", "time"]) {
    if (claim[kind] && claim[kind].at) found.push([kind, claim[kind].at]);
  }
  for (const place of claim.places || []) found.push(["places", place.at]);
  const said = claim.attribution;
  if (said) {
    found.push(["source", said.at], ["source", said.cue]);
    for (const at of said.chain || []) found.push(["source", at]);
  }
  return found;
}

// The place that a claim stands at on the map: the most specific that has coordinates.
function spot(claim) {
  return (claim.places || []).find((place) => place.lat !== undefined && place.lon !== undefined) || null;
}

// Days since 1970, for axes.
function dayNumber(iso) {
  return Date.parse(`${iso}T00:00:00Z`) / 86400000;
}
