"""What a name does in its sentence: where things happen, who speaks, where somebody comes from.

*Finds* the role of a name and the words that show it: "in northern [Iraq]" location, "[BAGHDAD] (AP) -"
dateline, "a spokesman in [Washington]" source, "the [US]-led coalition" demonym, "a man from [Ohio]" other.
*Leaves alone* names of people and firms: `places_people` tells them.
"""

from __future__ import annotations

from casualty_extract import lexicon, wordorder
from casualty_extract.places_datelines import is_dateline
from casualty_extract.places_sites import is_spot_of
from casualty_extract.places_verbs import HARMED, Reading, as_subject, speaks
from casualty_extract.places_words import GENITIVES, HYPHENS, TOWNS, Name, Preposition, Words, table
from casualty_extract.reading import kind

__all__ = ["Reading", "read_role"]

DIRECTIONS = frozenset("""north south east west northeast northwest southeast southwest outskirts""".split())
REGIONS = frozenset({"province", "state", "region", "governorate", "oblast", "prefecture"})
STATE_WORDS = frozenset(
    "governor gov senator sen legislature legislators lawmakers assemblyman statehouse border".split()
)
# Countries whose first-level regions have governors and legislatures of their own.
STATES_OF = frozenset({"US", "MX", "BR", "NG", "AU", "IN"})
# "in Country last week", "in Country alone": what follows the name tells when or how far, not whose.
WHEN = frozenset(
    """last this next late early overnight alone today yesterday tonight tomorrow several hours days weeks months
    years two three four five six seven eight nine ten since ago earlier later recently again too""".split()
)
LANDS = frozenset({"territory", "soil", "airspace", "waters", "side"})
ACTS = frozenset({"strike", "strikes", "raid", "raids", "operation", "attack", "attacks"})
"""What a nation named before it does; other events are named after the place."""
BLOWS = frozenset(
    "airstrike airstrikes bombing bombings bombardment shelling ambush assault offensive".split()
)
"""What a nation does to another; a bare country before it can be the place as well."""
WARS = frozenset({"war", "campaign", "invasion", "incursion"})
"""What a nation has in another, behind its genitive: "Israel's war in Gaza"; "Sudan's war" is in Sudan."""
ABROAD = frozenset({"in", "on", "against", "near", "across"})
MEDICS = frozenset("doctor doctors nurse nurses medic medics surgeon surgeons director paramedic".split())
"""Who tells of the dead where they work, and may be among them too."""
HELD = frozenset({"administered", "controlled", "held", "majority", "occupied", "ruled", "run"})
"""What is said of the land of others, behind a hyphen."""
AIMS = frozenset({"attack", "bomb", "hit", "raid", "storm", "strike", "target"})
"""What is only meant behind "to": "threatened to attack"."""
REACH = 9


def read_role(words: Words, name: Name, at: dict[int, Name], read: dict[int, Reading]) -> Reading:
    """Read the role of a name.

    Args:
        words: the words of the text.
        name: the name.
        at: the names of the text by each of their words.
        read: the readings so far, by first word, which a name in a list or chain takes over.
    """
    _hint_behind(words, name)
    if name.form == "demonym":
        land = words.near(name.first, name.last) and words.lower[name.last] in LANDS
        led = _walk_back(words, name, at, read) if land else None
        return led or Reading("demonym", None, "a word for a nation")
    if name.form == "continent":
        return Reading("other", None, "wider than a country")
    if is_dateline(words, name, at):
        return Reading("dateline", None, "dateline")
    attributive = _attributive(words, name, at)
    if attributive is not None and attributive.role in {"source", "demonym"}:
        return attributive
    before = _walk_back(words, name, at, read)
    if before is not None and before.role == "source" and (own := as_subject(words, name)) is not None:
        # "The government of Sudan declares an outbreak": there, and not only said there.
        before = own if own.role == "location" else before
    if before is not None and not (before.role == "other" and attributive is not None):
        if attributive is not None and before.role == "location":
            return before._replace(cue=f"{before.cue} {attributive.cue}")
        return before
    if attributive is None and name.form == "site" and name.wider:
        # "The Hotel Astra in the Bela area caught fire": what it is called tells where it is.
        return Reading("location", None, "a site and where it lies")
    return attributive or as_subject(words, name) or Reading("other", None, "no cue")


def _hint_behind(words: Words, name: Name) -> None:
    """What only a state has says that the state is meant: "[New York] Governor", "the [Washington] legislature"."""
    i = name.last
    if words.near(name.first, i) and words.lower[i] in GENITIVES:
        i += 1
    if name.form == "place" and name.typed is None and words.near(name.first, i):
        state = words.lower[i].rstrip(".") in STATE_WORDS
        if state and name.candidates[0].kind == "region" and name.candidates[0].country in STATES_OF:
            name.typed = "region"


def _walk_back(words: Words, name: Name, at: dict[int, Name], read: dict[int, Reading]) -> Reading | None:
    """Walk left over what may stand between a cue and the name, and read the cue."""
    prepositions = lexicon.read("places", "prepositions", Preposition)
    noun: str | None = None
    led = False
    i = name.first - 1
    steps = 0
    while words.near(name.first, i) and steps < REACH:
        lower = words.lower[i]
        steps += 1
        if i in at and at[i].last == i + 1 and at[i] is not name:
            other = at[i]
            if led and noun not in DIRECTIONS and noun == words.lower[i + 1]:
                # "in the Kurdish city of Erbil", "in the Donetsk region town of Bakhmut"
                if other.candidates:
                    name.within, other.widens = other, True
                i = other.first - 1
                continue
            if other.form == "unknown":
                return None
            if other.form == "demonym":
                name.within = other
                i = other.first - 1
                continue
            # Names side by side: "Baghdad Sadr City"; otherwise nothing leads over a name.
            return None
        if lower in GENITIVES and i > 0 and words.lower[i - 1] in TOWNS:
            name.in_town = True
            i -= 2
            continue
        if lower in GENITIVES and i - 1 in at:
            name.within = at[i - 1]
            i = at[i - 1].first - 1
            continue
        if (
            lower in {",", "and", "or", "&", "(", "/", "-", "–"}
            and i - 1 in at
            and steps - 1 <= (2 if noun is None else 3)
        ):
            listed = _in_list(words, i, at[i - 1], name, read)
            unled = listed is None or (at[i - 1].form == "unknown" and listed.role == "other")
            if not unled or at[i - 1].form == "demonym":
                return listed
        if lower == "," and noun is None and i - 2 in at and words.lower[i - 1] in table("place_nouns"):
            # "in the [East Hills] district, Meghalaya": the name before ends short of what it is called.
            return _in_list(words, i, at[i - 2], name, read)
        if lower == "," and noun is None and _is_wide(name) and (before := _run_before(words, i)) < i:
            # "in [Intan Jaya Regency], Central Papua, Indonesia": what the gazetteer lacks lies in it.
            i = before - 1
            continue
        if lower == "," and noun is None and i > 0 and words.lower[i - 1] in TOWNS:
            i -= 1
            continue
        if lower in {",", "and"} and noun is not None:
            return Reading("location", noun, "named as what it is")
        if noun in DIRECTIONS and lower in {"of"}:
            i -= 1
            continue
        if lower in {"of", "to"} and noun is None and i > 0 and _leads_on(words, i - 1):
            noun = words.lower[i - 1]
            _hint(name, noun)
            if noun in DIRECTIONS or words.lower[i - 1] in {"miles", "kilometers", "kilometres", "km"}:
                return Reading("location", words.phrase(i - 1, name.first), "beside it")
            led = True
            i -= 2
            continue
        row = prepositions.get(lower)
        if row is not None:
            return _by_preposition(words, i, name, row.role, noun)
        joined = _joined(words, i)
        if joined in table("modifiers") or joined.rpartition("-")[2] in HELD:
            # "in rebel-held Idlib", "in Russian-occupied Kherson"
            i -= 3
            continue
        if lower in table("modifiers"):
            i -= 1
            continue
        if lower in {"and", "or"} and _is_direction(words, i - 1) and _is_direction(words, i + 1):
            # "in northern and eastern Country"
            i -= 1
            continue
        if lower in table("place_nouns"):
            noun = lower
            _hint(name, noun)
            i -= 1
            continue
        if lower in {
            "the",
            "a",
            "an",
            "its",
            "their",
            "this",
            "that",
            "his",
            "her",
            "*",
            '"',
            "“",
            "‘",
            "'",
            "'s",
        }:
            i -= 1
            continue
        aimed = lower in AIMS and words.near(i, i - 1) and words.lower[i - 1] == "to"
        if lower in table("struck_verbs") and not (
            aimed or (words.near(i, i + 1) and words.lower[i + 1] in {"by", "in", "at"})
        ):
            return Reading("location", words.phrase(i, name.first), "struck")
        break
    if noun is not None and (led or noun not in DIRECTIONS):
        return Reading("location", noun, "named as what it is")
    return None


def _is_wide(name: Name) -> bool:
    """Tell whether a name is that of a country or region, or of a town that is followed by one."""
    return bool(name.wider) or (bool(name.candidates) and name.candidates[0].kind in {"country", "region"})


def _run_before(words: Words, i: int) -> int:
    """Give where the run of capitalised words before word i begins; i where there is none."""
    first = i
    while words.near(i, first - 1) and i - first < REACH:
        if not words.named[first - 1] and not (words.text[first - 1] in HYPHENS and first < i):
            break
        first -= 1
    return first


def _is_direction(words: Words, i: int) -> bool:
    return (
        0 <= i < len(words)
        and words.lower[i].endswith(("ern", "central"))
        and words.lower[i] in table("modifiers")
    )


def _hint(name: Name, noun: str) -> None:
    """The noun before a name says which of its places is meant: "the town of Karak"."""
    kind = "city" if noun in TOWNS else "region" if noun in REGIONS else None
    first = name.candidates[0].kind if name.candidates else None
    if (
        kind is not None
        and name.typed is None
        and first != "country"
        and any(p.kind == kind for p in name.candidates)
    ):
        name.typed = "city" if kind == "city" else "region"


def _joined(words: Words, i: int) -> str:
    """A hyphened word that ends at word i: "war-torn"."""
    if i >= 2 and words.text[i - 1] in HYPHENS and words.tight[i - 1]:
        return f"{words.lower[i - 2]}-{words.lower[i]}"
    return ""


def _leads_on(words: Words, i: int) -> bool:
    return (
        words.lower[i] in table("place_nouns")
        or words.lower[i] in DIRECTIONS
        or words.lower[i] in {"miles", "kilometers", "kilometres", "km"}
    )


def _in_list(words: Words, i: int, other: Name, name: Name, read: dict[int, Reading]) -> Reading | None:
    """A name after another takes its role: "Homs, Hama and Aleppo", "Mosul, Iraq"."""
    taken = read.get(other.first)
    if taken is None or other.form == "demonym" or taken.role == "demonym":
        return None
    name.beside = other
    return Reading(taken.role, taken.cue, "after another place")


def _by_preposition(words: Words, i: int, name: Name, role: str, noun: str | None) -> Reading:
    cue = words.phrase(i, name.first)
    word = words.lower[i]
    before = [words.lower[j] for j in range(i - 1, max(-1, i - 4), -1) if words.near(i, j)]
    nearest = before[0] if before else ""
    pair = " ".join(before[1::-1])
    if nearest in table("elsewhere_words") or pair in table("elsewhere_words"):
        return Reading("other", f"{pair} {cue}", "somebody's home or journey")
    if nearest in MEDICS and speaks(words, name.last):
        return Reading("source", f"{nearest} {cue}", "where somebody speaks")
    if nearest in table("speakers") or (
        word == "of" and noun is None and nearest in table("organisation_words")
    ):
        return Reading("source", f"{nearest} {cue}", "where somebody speaks")
    article = words.lower[name.first - 1] in {"a", "an"} and name.form == "place"
    if article and not (
        words.near(i, name.last)
        and words.text[name.last][0].islower()
        and words.lower[name.last] not in wordorder.PREPOSITIONS
    ):
        return Reading("other", cue, "one of many")
    if word == "to" and nearest in {"close", "next", "adjacent", "road", "highway"}:
        return Reading("location", f"{nearest} {cue}", "beside it")
    if word == "of":
        if (
            nearest in table("event_words")
            or nearest.endswith("ing")
            or noun is not None
            or is_spot_of(words, i, name)
        ):
            return Reading("location", cue, "what happened there")
        return Reading("other", cue, "belongs to it")
    if word == "from":
        moved = nearest.endswith("ed") or nearest in HARMED or nearest in table("event_words") or not before
        return Reading("location" if moved else "other", cue, "after a preposition")
    if word == "for":
        return Reading(
            "location" if nearest in {"battle", "fight", "siege"} else "other", cue, "after a preposition"
        )
    if word == "against" and any(p.kind == "country" for p in name.candidates):
        return Reading("other", cue, "against a country")
    if word == "between" and noun is None and any(p.kind == "country" for p in name.candidates):
        return Reading("other", cue, "between countries")
    if word == "with":
        return Reading("other", cue, "after a preposition")
    return Reading("location" if role == "location" else "other", cue, "after a preposition")


def _attributive(words: Words, name: Name, at: dict[int, Name]) -> Reading | None:
    """Read what stands right of a name: "[US]-led", "[Gaza] Health Ministry", "[Kandahar] bombing"."""
    i = name.last
    if not words.near(name.first, i):
        return None
    country = bool(name.candidates) and name.candidates[0].kind == "country"
    if (
        words.text[i] in HYPHENS
        and words.tight[i - 1]
        and words.near(i, i + 1)
        and words.text[i + 1][0].islower()
    ):
        return Reading("demonym" if country else "other", words.lower[i + 1], "part of a word")
    owned = words.lower[i] in GENITIVES
    if owned:
        i += 1
    window = [j for j in range(i, i + 4) if words.near(name.first, j)]
    for j in window:
        lower = words.lower[j]
        if lower in table("event_words") and not _is_verb(words, j, i, country):
            meant = lower in ACTS | BLOWS | WARS if owned else True
            if country and meant and ((lower in ACTS and not owned) or _is_placed(words, name, j + 1, at)):
                # "US strikes" are the acts of a nation, a "Kandahar raid" is named after its place.
                return Reading("demonym", lower, "a nation's")
            return Reading("location", words.phrase(i, j + 1), "named after it")
        if (
            country
            and not owned
            and j == i
            and words.text[j][0].islower()
            and lower in table("organisation_words")
        ):
            return Reading("demonym", lower, "a nation's")
        if lower in table("organisation_words") or lower in table("speakers"):
            return Reading("source", words.phrase(i, j + 1), "part of an organisation")
        if not (words.text[j][0].isalpha() and (words.named[j] or lower in table("event_modifiers"))):
            break
    if not owned and country and window and _is_plain_noun(words, i) and i not in at:
        return Reading("demonym", words.lower[i], "a nation's")
    return None


def _is_placed(words: Words, name: Name, i: int, at: dict[int, Name]) -> bool:
    """Tell whether an act is done elsewhere than where the nation is.

    "US airstrikes in Iraq"; "a US airstrike killed 30 in Mosul", by an act that one nation does to another.
    """
    if words.near(i - 1, i) and words.lower[i] in ABROAD:
        following = (k for k in range(i + 1, min(len(words), i + 5)) if words.near(i, k))
        return any(k in at and at[k].form != "demonym" for k in following)
    if words.lower[i - 1] not in BLOWS:
        return False
    land = name.candidates[0].country
    for k in range(i + 1, len(words)):
        if not words.near(i, k):
            return False
        other = at.get(k)
        if words.lower[k - 1] in ABROAD and other is not None and other.first == k and other.form == "place":
            return all(place.country != land for place in other.candidates[:1])
    return False


def _is_verb(words: Words, j: int, i: int, country: bool) -> bool:
    """Such as "Israel strikes Gaza": a country does, where an object follows."""
    return (
        country
        and j == i
        and words.near(j, j + 1)
        and (words.named[j + 1] > 0 or words.lower[j + 1] in {"the", "a", "at", "on"})
    )


def _is_plain_noun(words: Words, i: int) -> bool:
    token = words.doc[words.index[i]]
    if not token.text[0].islower() or kind(token) != "word" or token.lower_.endswith(("ed", "ing", "ly")):
        return False
    if words.near(i, i + 1) and words.lower[i + 1] in {"the", "a", "an", "that", "to"}:
        return False
    if token.lower_ in WHEN:
        return False
    return not any(token.lower_ in table(t) for t in ("struck_verbs", "speech_verbs", "counting_verbs"))
