// What the values of claims are called in plain words.

const HARMS = {
  killed: "killed", injured: "injured", casualties: "killed or injured", missing: "missing",
  displaced: "displaced", abducted: "abducted", detained: "detained", trapped: "trapped",
  infected: "infected", rescued: "rescued",
};

const STATUSES = {
  confirmed: "The text says that the figure was confirmed, verified or acknowledged.",
  assessed: "The text gives the figure as somebody’s assessment or estimate.",
  asserted: "The text states the figure plainly, or gives it as what a source said.",
  alleged: "The text keeps its distance: the figure was claimed, alleged or reportedly so.",
  unconfirmed: "The text says that the figure is not confirmed.",
  investigating: "The text says that the figure is being looked into.",
  possible: "The text says that it may be so: people are feared dead, or the toll could rise.",
  denied: "The text gives the figure only to say that it was denied or rejected.",
  hypothetical: "The text speaks of what would happen: a forecast, a drill, a threat.",
};

const SCOPES = {
  event: "the toll of one event",
  additional: "in addition to figures told before",
  cumulative: "a running total over a period, a place or a campaign",
};

const INTENTS = { unintentional: "the text calls the harm unintended", deliberate: "the text calls the harm deliberate" };

const SOURCE_KINDS = {
  military: "military", government: "government", police: "police", armed_group: "armed group",
  un: "United Nations", ngo: "non-governmental organisation", hospital: "hospital or medics",
  rescue_service: "rescue service", media: "media", witness: "witness", official: "official, not named",
  expert: "expert", other: "other", reporter: "the reporter’s own voice",
};

const FORMS = { direct: "quoted word for word", indirect: "in the reporter’s words", mixed: "partly quoted" };

const PLACE_KINDS = { country: "country", region: "region", city: "town", site: "site" };

// How exactly a point on the map is known.
const PRECISION = { country: "country only", region: "region only", city: "town", site: "site" };

const CATEGORIES = {
  civilian: ["civilian", "civilians"], combatant: ["combatant", "combatants"],
  police: ["member of police or security forces", "police or security forces"],
  perpetrator: ["attacker", "attackers"], unspecified: ["person", "people"],
};

const GROUPS = {
  children: ["child", "children"], women: ["woman", "women"], men: ["man", "men"],
  elderly: ["elderly person", "elderly people"], journalists: ["journalist", "journalists"],
  aid_workers: ["aid worker", "aid workers"], medics: ["medic", "medics"],
  peacekeepers: ["peacekeeper", "peacekeepers"], prisoners: ["prisoner", "prisoners"],
  students: ["student", "students"], officials: ["official", "officials"],
  passengers: ["passenger", "passengers"], refugees: ["refugee", "refugees"],
};

const UNITS = {
  people: ["person", "people"], reports: ["report", "reports"],
  incidents: ["incident", "incidents"], households: ["household", "households"],
};

const CAUSES = {
  airstrike: "air strike", vehicle_attack: "vehicle attack", chemical: "chemical weapon", crackdown: "crackdown on protest",
  clash: "fighting", other: "other attack or event", heat: "heat", cold: "cold",
};

const GRAINS = {
  day: "to the day", week: "to the week", month: "to the month", season: "to the season",
  year: "to the year", multi_year: "over several years", interval: "a period",
};

const FLAGS = {
  sanitised: "Characters of the article that cannot be stored are shown as \uFFFD.",
  published_unknown: "The day of publication is not known, so days such as “on Friday” could not be dated.",
};

const PUBLISHED_FROM = {
  given: "", metadata: "as the web page states it", byline: "as its byline states it",
  dateline: "as its dateline states it", url: "as its address states it",
};

const DECISIONS = { accept: "accepted", reject: "rejected", fix: "corrected", add: "added" };

// The kinds of marks in a text, in the order in which cards list them; the letter stands beside the colour.
const KINDS = {
  quantity: { letter: "N", name: "Figure" },
  harm: { letter: "H", name: "Harm" },
  victims: { letter: "V", name: "Victims" },
  cause: { letter: "C", name: "Cause" },
  perpetrator: { letter: "P", name: "Perpetrator" },
  time: { letter: "T", name: "When" },
  places: { letter: "L", name: "Where" },
  source: { letter: "S", name: "Who says so" },
};

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

const NUMBERS = new Intl.NumberFormat("en");
const COUNTRIES = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "region" }) : null;

function number(value) {
  return NUMBERS.format(value);
}

function counted(count, one, several) {
  return `${number(count)} ${count === 1 ? one : several || `${one}s`}`;
}

function country(code) {
  try {
    return (COUNTRIES && COUNTRIES.of(code)) || code;
  } catch {
    return code;
  }
}

function cause(label) {
  return CAUSES[label] || label.replaceAll("_", " ");
}

// Days are civil dates: no time zone may move them.
function day(iso, isShort) {
  const [year, month, date] = iso.split("-").map(Number);
  const name = MONTHS[month - 1];
  return `${date} ${isShort ? name.slice(0, 3) : name} ${year}`;
}

function period(earliest, latest, isShort) {
  if (!earliest && !latest) return "";
  if (!earliest) return `until ${day(latest, isShort)}`;
  if (!latest) return `since ${day(earliest, isShort)}`;
  if (earliest === latest) return day(earliest, isShort);
  const [from, to] = [earliest, latest].map((iso) => iso.split("-").map(Number));
  const last = new Date(Date.UTC(to[0], to[1], 0)).getUTCDate();
  if (from[2] === 1 && to[2] === last) {
    const [first, final] = [from, to].map(([year, month]) => `${isShort ? MONTHS[month - 1].slice(0, 3) : MONTHS[month - 1]} ${year}`);
    if (first === final) return first;
    if (from[0] === to[0] && from[1] === 1 && to[1] === 12) return String(from[0]);
    return `${first} – ${final}`;
  }
  if (from[0] === to[0] && from[1] === to[1]) return `${from[2]}–${day(latest, isShort)}`;
  return `${day(earliest, isShort)} – ${day(latest, isShort)}`;
}

function upper(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : text;
}
