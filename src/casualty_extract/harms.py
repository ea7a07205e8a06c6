"""What happened: the words that say that people were harmed, and how they stand in the sentence.

*Finds* "killed", "61 civilian deaths", "lost their lives", "left 12 dead", "suffered minor injuries",
"killed or wounded", "taken hostage".

*Leaves alone* "a death sentence", "the wound", "to free trade", "a shot of the bay".

*Marks* the layer ``harms`` with the label of the harm. Values: ``part`` (verb, noun, adjective),
``victim`` (where the harmed stand: object, subject, either), ``voice`` (see `wordorder.voice`; "reduced"
for "12 people killed in", "adjectival" for "12 wounded men"), ``group`` (offsets of the verb with its
auxiliaries), ``intent``, ``weak`` (the word alone does not tell the fate) and ``lemma``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc, Span, Token

from casualty_extract import harms_blows, harms_voices, harms_words, wordorder
from casualty_extract.harms_words import Entry
from casualty_extract.mentions import Mention
from casualty_extract.reading import Layout, kind, layout

__all__ = ["find"]

CARRYING = frozenset(
    """sent send sends sending took takes taking taken rushed rushing airlifted flown flew carried carrying ferried
    ferrying transported transporting brought bringing led pulled pulling dragged hauled escorted guided""".split()
)
"""Verbs that bring people to a hospital or to safety."""
FORCING = frozenset("forced forcing forces force drove driven driving drives drive chased pushed".split())
"""Verbs that make people leave their homes."""
QUOTES = frozenset('"“”')
BURYING = frozenset(
    """avalanche avalanches landslide landslides mudslide mudslides mudflow rockslide slide snow rubble debris mud
    earth rock rocks sand ash collapse collapsed collapses cave-in rockfall""".split()
)
"""What buries people who are no dead at a funeral."""
FATAL = frozenset({"fatally", "mortally", "fatal", "deadly"})
ONE_FIGURE = frozenset({"killed", "injured", "missing", "casualties"})
"""The harms that "casualties" names together."""


def find(doc: Doc) -> Iterator[Mention]:
    """Find the words of harm in a Doc that has sentences.

    Args:
        doc: tokens and sentences; nothing else is read.

    Yields:
        Mentions of the layer ``harms`` in text order.
    """
    laid = layout(doc)
    kept = [i for i, word in enumerate(laid.words) if not word.space]
    lowers = [laid.words[i].lower for i in kept]
    openers = harms_words.openers()
    found: list[Mention] = []
    end = 0
    for i, lower in enumerate(lowers):
        if lower not in openers or i < end:
            continue
        length, entries = _longest(lowers, i)
        end = i + length
        readings = (_read(laid, kept[i], kept[end - 1], entry) for entry in entries)
        mention = next((reading for reading in readings if reading is not None), None)
        if mention is not None:
            _append(laid.text, found, mention)
    yield from _merge(laid.text, found)


def _append(text: str, found: list[Mention], mention: Mention) -> None:
    """Add a mention; of verbs with one subject, as in "were abducted and shot dead", death tells how it ended."""
    opened = mention.value["group"][0]
    shared = found and mention.value["part"] == "verb" and opened < found[-1].start
    if shared and not _joined(text, found[-1], mention):
        if mention.label != "killed":
            return
        found.pop()
    found.append(mention)


def _longest(lowers: list[str], i: int) -> tuple[int, tuple[Entry, ...]]:
    """Give the entries that may be read at a token, and how many tokens they take."""
    lower = lowers[i]
    for words, entry in harms_words.phrases().get(lower, ()):
        n = len(words)
        if tuple(lowers[i : i + n]) == words:
            return n, (entry,)
    return 1, harms_words.words().get(lower, ())


def _read(laid: Layout, start: int, stop: int, entry: Entry) -> Mention | None:
    if _refused(laid, start, stop, entry):
        return None
    doc = laid.doc
    first, last = doc[start], doc[stop]
    if entry.lemma in harms_blows.BLOWS and not harms_blows.befalls_person(first):
        return None
    # 'they "neutralised" 45 rebels'
    following = next((doc[i] for i in laid.ahead(stop, 2) if laid.words[i].text not in QUOTES), None)
    previous = next((doc[i] for i in laid.back(start, 1)), None)
    part, victim, voice = entry.part, entry.victim, ""
    group = doc[first.i : last.i + 1]
    rule = f"{part} of harm"
    if part == "verb":
        voice = harms_voices.voice(first, last, entry, previous, following)
        if voice == "refused" or harms_voices.not_done(first, voice):
            return None
        elif voice == "nominal":
            part, voice, rule = "noun", "", "participle as noun"
        elif voice == "adjectival":
            rule = "participle before its noun"
        else:
            group = _group(laid, start, stop)
            # Who "was treated and released" was no captive.
            if (
                entry.label != "rescued"
                and laid.kind(group.start) != "aux"
                and voice in {"bare", "reduced", "passive"}
            ):
                shared = harms_voices.shares_auxiliary(first, following)
                if shared is not None:
                    voice, group = "passive", _group(laid, shared.i, stop)
    elif part == "noun":
        light = _light(laid, start, entry.lemma)
        lost = entry.lemma == "life" and _lost(laid, stop)
        if (
            light is None
            and not lost
            and (entry.lemma == "life" or (entry.label == "injured" and not entry.counts))
        ):
            return None
        if light is not None and entry.label == "injured":
            part, victim, voice = "verb", "subject", wordorder.voice(doc[light])
            group, rule = _group(laid, light, stop), "light verb with noun of harm"
    elif part == "adjective":
        group = _group(laid, start, stop)
        if entry.lemma.startswith(("to ", "from ", "out ")) and not _moved(laid, start, entry.lemma):
            return None
        if entry.lemma == "in hospital" and laid.kind(group.start) != "aux":
            # Those "died in hospital" against "are in hospital".
            return None
        if previous is not None and previous.lower_ in {"the", "those", "these", "of"}:
            part, rule = "noun", "adjective as noun"
        elif (
            entry.lemma == "missing"
            and following is not None
            and (
                following.lower_ in {"a", "the", "an", "from", "out"}
                # "banned for missing three tests"
                or (previous is not None and previous.lower_ == "for" and kind(following) == "num")
            )
        ):
            return None
    if part != "verb" and _in_name(first, previous, following):
        return None
    if entry.lemma == "bury" and BURYING.isdisjoint(
        laid.lowers(laid.back(start, 15)) + laid.lowers(laid.ahead(stop, 15))
    ):
        return None
    label, weak = entry.label, entry.weak
    if weak and label == "casualties" and previous is not None and previous.lower_ in FATAL:
        label, weak, rule = "killed", False, "verb of harm with its outcome"
    if weak and part == "verb" and label == "casualties" and _to_death(last):
        label, weak, rule = "killed", False, "verb of harm with its outcome"
    passage = doc[first.i : last.i + 1]
    value: dict[str, Any] = {
        "part": part,
        "victim": victim,
        "voice": voice,
        "group": [group.start_char, group.end_char],
        "intent": _intent(laid, start, stop) or entry.intent,
        "weak": weak,
        "lemma": entry.lemma,
        "counts": entry.counts,
        # Of "did not survive" the negation is the harm.
        "negated": part == "verb"
        and any(t.lower_ in wordorder.NEGATIONS for t in group)
        and wordorder.NEGATIONS.isdisjoint(entry.lemma.split()),
        "attributive": part == "adjective" and _before_noun(following),
    }
    return Mention.at(passage, label, rule, **value)


def _group(laid: Layout, first: int, last: int) -> Span:
    """Widen a verb to the left over its auxiliaries and adverbs."""
    start = first
    for before in laid.back(first, 8):
        if laid.kind(before) in {"aux", "adv"} or laid.words[before].lower in {
            "to",
            "not",
            "n't",
            "feared",
            "believed",
            "reported",
            "presumed",
            "confirmed",
            "found",
        }:
            start = before
        else:
            break
    return laid.doc[start : last + 1]


def _light(laid: Layout, noun: int, lemma: str) -> int | None:
    """Find the light verb of which a noun is the object: "suffered minor head injuries"."""
    for k, before in enumerate(laid.back(noun, 6)):
        lower = laid.words[before].lower
        row = harms_words.light_verbs().get(lower)
        if row is not None and (row == lemma or (row == "injury" and lemma != "life")):
            return before
        what = laid.kind(before)
        if lemma == "life" and (what in {"num", "adp"} or lower == ","):
            continue
        if what in {"num"} or what not in {"word", "part", "adj", "adv", "det", "punct"} or lower == ",":
            return None
        if k == 5:
            return None
    return None


def _lost(laid: Layout, stop: int) -> bool:
    """ "Twelve lives were lost"."""
    return any(laid.words[i].lower in {"lost", "claimed"} for i in laid.ahead(stop, 4))


def _moved(laid: Layout, start: int, lemma: str) -> bool:
    """Tell whether people were made to go: "sent 12 people to hospital" against "went to hospital"."""
    verbs = CARRYING if lemma.startswith("to ") else FORCING
    return not verbs.isdisjoint(laid.lowers(laid.back(start, 10)))


def _intent(laid: Layout, first: int, last: int) -> str | None:
    """Read the words around a harm that say whether it was meant: "killed by mistake"."""
    before = laid.lowers(laid.back(first, 4))[::-1]
    after = laid.lowers(laid.ahead(last, 5))
    return harms_words.intent_beside(before, after)


def _to_death(verb: Token) -> bool:
    """Tell whether the outcome follows: "stabbed 11 pupils to death", "shot him dead"."""
    lowers = [t.lower_ for t in wordorder.ahead(verb, 9)]
    if "to" in lowers[:-1] and lowers[lowers.index("to") + 1] == "death":
        return not set(lowers[: lowers.index("to")]) & {",", "and", "who", "but"}
    return "dead" in lowers and not set(lowers[: lowers.index("dead")]) & {
        ",",
        "and",
        "who",
        "but",
        "the",
        "found",
        "left",
    }


def _in_name(word: Token, previous: Token | None, following: Token | None) -> bool:
    """A harm word in a name is none: "the Grateful Dead", "High Commissioner for Refugees"."""
    if not word.text[:1].isupper() or word.is_sent_start or word.text.isupper():
        return False
    around = [t for t in (previous, following) if t is not None]
    names = [t for t in around if t.text[:1].isupper() and t.is_alpha and not t.is_sent_start]
    lower = [
        t for t in word.doc[word.i + 1 : word.i + 12] if t.is_alpha and t.text.islower() and len(t.text) > 3
    ]
    return bool(names) and len(lower) >= 3


def _before_noun(following: Token | None) -> bool:
    """ "missing funds" says nothing of the people named before."""
    return following is not None and kind(following) == "word" and following.text[:1].islower()


def _refused(laid: Layout, first: int, last: int, entry: Entry) -> bool:
    rows = harms_words.refusals().get(entry.lemma)
    if rows is None:
        return False
    after, before = laid.lowers(laid.ahead(last, 4)), laid.lowers(laid.back(first, 4))
    return any(word in (after if row.side == "after" else before)[: row.words] for word, row in rows)


def _merge(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Join harms that share one figure: "killed and injured", "dead or missing", "deaths and injuries"."""
    i = 0
    while i < len(found):
        first = found[i]
        last = i
        while last + 1 < len(found) and _joined(text, found[last], found[last + 1]):
            last += 1
        group = found[i : last + 1]
        labels = {m.label for m in group if not m.value["weak"]} or {m.label for m in group}
        if len(group) == 1:
            yield first
        elif len(labels) == 1 or not labels <= ONE_FIGURE:
            # "kidnapped and killed 11": no common name; the last word tells what became of them.
            group = group if len(labels) == 1 else group[::-1]
            keep = next((m for m in group if not m.value["weak"]), group[0])
            value = {**keep.value, "group": first.value["group"], "voice": _shared_voice(found[i : last + 1])}
            yield Mention(keep.start, keep.end, keep.label, keep.rule, value)
        else:
            value = {**first.value, "weak": False, "group": [first.value["group"][0], group[-1].end]}
            value["voice"] = _shared_voice(group)
            yield Mention(first.start, group[-1].end, "casualties", "harms under one figure", value)
        i = last + 1


def _shared_voice(group: list[Mention]) -> str:
    """Verbs that share an object look like participles up to the last: "kidnapped and killed three"."""
    voices = [m.value["voice"] for m in group]
    return str(voices[-1] if voices[0] == "reduced" and voices[-1] in {"bare", "gerund"} else voices[0])


def _joined(text: str, left: Mention, right: Mention) -> bool:
    between = text[left.end : right.start].split()
    own = right.value["voice"] == "gerund" and left.value["voice"] != "gerund"
    if own or (left.value["victim"] == "subject" and right.value["voice"] in {"bare", "gerund"}):
        # "blew himself up, killing eight": the second verb has an object of its own.
        return False
    return left.value["part"] == right.value["part"] and between in (
        ["and"],
        ["or"],
        [","],
        [",", "or"],
        ["and/or"],
    )
