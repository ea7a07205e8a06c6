// A claim in words: no figure ever stands without its bounds, its source and how sure the text is of it.

const OF = /(dozens?|scores|hundreds|thousands|millions|handful|number)$/i;

// "at least 12", "3 more", "dozens of", "no"
function figure(claim) {
  const q = claim.quantity;
  const isMore = claim.scope === "additional";
  if (q.form === "vague") {
    const text = words(claim.article, q.at);
    return isMore ? `${text} more` : OF.test(text) ? `${text} of` : text;
  }
  if (q.form === "zero" || (q.low === 0 && q.high === 0)) return isMore ? "no more" : "no";
  return isMore ? `${numeral(claim)} more` : numeral(claim);
}

function numeral(claim) {
  const q = claim.quantity;
  if (q.qualifier === "between" && q.low !== undefined && q.high !== undefined) return `${number(q.low)} to ${number(q.high)}`;
  if (q.qualifier === "at_least" && q.low !== undefined) return `at least ${number(q.low)}`;
  if (q.qualifier === "more_than" && q.low !== undefined) return `more than ${number(q.low - 1)}`;
  if (q.qualifier === "at_most" && q.high !== undefined) return `up to ${number(q.high)}`;
  if (q.qualifier === "less_than" && q.high !== undefined) return `fewer than ${number(q.high + 1)}`;
  if (q.best === undefined) return words(claim.article, q.at);
  return `${q.qualifier === "approximately" ? "about " : ""}${number(q.best)}`;
}

function noun(claim) {
  const isOne = claim.quantity.best === 1 && claim.quantity.high === 1;
  const victims = claim.victims;
  if (claim.unit !== "people") return UNITS[claim.unit][isOne ? 0 : 1];
  if (!victims) return isOne ? "person" : "people";
  if ((victims.groups || []).length === 1 && victims.category !== "perpetrator") {
    return GROUPS[victims.groups[0]][isOne ? 0 : 1];
  }
  return (CATEGORIES[victims.category] || CATEGORIES.unspecified)[isOne ? 0 : 1];
}

// "at least 12 civilians killed"
function headline(claim) {
  const harm = claim.harm ? HARMS[claim.harm.label] : "";
  if (claim.quantity.form === "name") return `${words(claim.article, claim.quantity.at)} ${harm}`.trim();
  const what = noun(claim);
  if (claim.unit === "reports") return `${figure(claim)} ${what}${harm ? ` of people ${harm}` : ""}`;
  if (claim.unit === "incidents") {
    const named = claim.cause ? `: ${cause(claim.cause.label)}` : "";
    return `${figure(claim)} ${what}${harm ? ` with people ${harm}` : ""}${named}`;
  }
  return `${figure(claim)} ${what} ${harm}`.trim();
}

// What the text allows, as a sentence about the number.
function allowed(q) {
  if (q.form === "name") return "one person, who is named";
  if (q.form === "singular") return "one person, told of without a number";
  if (q.form === "zero") return "none";
  if (q.form === "vague") {
    return q.low === undefined ? "no number is told" : `no number is told; counted as ${number(q.low)} or more`;
  }
  if (q.qualifier === "approximately") return `about ${number(q.best)}; the text rounds or estimates`;
  if (q.low !== undefined && q.high === undefined) return `${number(q.low)} or more; no upper bound is told`;
  if (q.low === undefined && q.high !== undefined) return `${number(q.high)} or fewer; no lower bound is told`;
  if (q.low === undefined) return "no number is told";
  if (q.low !== q.high) return `between ${number(q.low)} and ${number(q.high)}`;
  return `${number(q.low)}, told without a qualifier`;
}

// "killed: 12 to 15, best 14"
function range(toll) {
  const { low, best, high } = toll;
  if (low === undefined && best === undefined && high === undefined) return "no number told";
  if (low === high && low !== undefined) return number(low);
  let told = "";
  if (low !== undefined && high !== undefined) told = `${number(low)} to ${number(high)}`;
  else if (low !== undefined) told = `${number(low)} or more`;
  else if (high !== undefined) told = `${number(high)} or fewer`;
  if (best === undefined || best === low && high === undefined) return told || number(best);
  return told ? `${number(best)} (${told})` : `${number(best)} (bounds not told)`;
}

// "Interior Ministry said" or "the reporter states it"
function whoSays(claim) {
  const said = claim.attribution;
  if (!said) return "the reporter’s own voice";
  return said.name || words(claim.article, said.at);
}

// "asserted, according to the Interior Ministry"
function standing(claim) {
  const said = claim.attribution;
  return said ? `${claim.status}, according to ${whoSays(claim)}` : `${claim.status}, in the reporter’s own voice`;
}

function sourceKind(claim) {
  return claim.attribution ? claim.attribution.kind : "reporter";
}

function whenWords(claim, isShort) {
  const time = claim.time;
  if (!time) return "";
  return period(time.earliest, time.latest, isShort) || `“${words(claim.article, time.at)}”`;
}

function whereWords(claim, most) {
  const places = claim.places || [];
  const names = [...new Set(places.map((place) => place.name))].slice(0, most || 9);
  const last = places.find((place) => place.country);
  const land = last ? country(last.country) : "";
  if (land && !names.includes(land) && places.every((place) => place.country === last.country)) names.push(land);
  return names.join(", ");
}

function incidentWords(incident, isShort) {
  const parts = [
    period(incident.earliest, incident.latest, isShort),
    (incident.places || []).slice(0, 2).join(", "),
    incident.cause ? cause(incident.cause) : "",
  ].filter(Boolean);
  return parts.length ? upper(parts.join(" · ")) : "No day, place or cause told";
}

function tollWords(toll) {
  const isOne = toll.low === 1 && toll.high === 1;
  const who = toll.category && toll.category !== "unspecified" ? `${CATEGORIES[toll.category][isOne ? 0 : 1]} ` : "";
  return `${who}${HARMS[toll.harm]}`;
}
