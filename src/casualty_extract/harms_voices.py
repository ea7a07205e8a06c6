"""How a verb of harm is used: who is harmed stands before it, after it, or the word is no verb at all."""

from __future__ import annotations

from spacy.tokens import Token

from casualty_extract import wordorder
from casualty_extract.harms_words import Entry
from casualty_extract.reading import kind

__all__ = ["not_done", "shares_auxiliary", "voice"]

FIGURES = frozenset(
    ["dozens", "scores", "hundreds", "thousands", "several", "many", "more", "himself", "herself"]
)
"""Words that open an object as a numeral does."""
COUNTED_NOUNS = frozenset("dozen hundred thousand million score couple".split())
MEASURES = frozenset(
    """m km metre metres meter meters kilometre kilometres kilometer kilometers mile miles foot feet yard yards
    minute minutes hour hours day days week weeks month months year years times""".split()
)
MODALS = frozenset("to will would could can may might must should did does do n't not".split())
ATTEMPTS = frozenset(
    """tried try tries trying attempted attempt attempting attempts plotted plot plotting failed fail fails
    sought wanted vowed refused plan plans planned planning conspiring conspired hoping hoped threatening threatened""".split()
)


SHARED_REACH = 20
"""How many words before a verb the auxiliary that it shares with another may stand."""
PASSIVE_AUXILIARIES = frozenset("be been being is are was were get gets got getting".split())
IRREGULAR_PARTICIPLES = frozenset(
    "shot hit struck caught held bound found set put cut hung stuck led brought sent left hurt beat kept".split()
)
PLURALS = frozenset("people men women children police".split())
DIVIDING = frozenset([";", ":", "—", "–", "--"])


def voice(first: Token, last: Token, entry: Entry, previous: Token | None, following: Token | None) -> str:
    """Tell how a verb of harm is used; "nominal", "adjectival" or "refused" where it is none."""
    if first.i != last.i:
        found = wordorder.voice(first)
        if found == "bare" and entry.victim != "subject" and not _opens_object(following):
            return "reduced"
        if found == "gerund" and first.lower_ == "being":
            # "Forty are still being held"
            return "passive"
        return found
    before = kind(previous) if previous is not None else ""
    if entry.base:
        return _base_form(entry, previous, before, following)
    lower = first.lower_
    if lower.endswith("ing"):
        if following is not None and following.lower_ == "of":
            return "refused"
        if before in {"word", "num"} and _is_circumstance(entry, previous, following):
            # "sent thousands of people fleeing into the desert"
            return "gerund"
        if before in {"det", "poss"} or (before in {"word", "num"} and not _opens_object(following)):
            return "refused"
        return "gerund" if _opens_object(following) or entry.victim != "object" else "refused"
    if (
        before == "det"
        and previous is not None
        and previous.lower_ in {"a", "an", "another", "every"}
        and entry.lemma in {"shoot", "hurt"}
    ):
        return "refused"
    found = wordorder.voice(first)
    if found == "passive" and before == "conj" and _opens_object(following):
        # "were ambushed and killed two attackers": a new verb of the same subject.
        return "bare"
    if found in {"passive", "perfect", "infinitive"}:
        return found
    relative = previous is not None and (previous.lower_ == "that" or _is_year(previous))
    if (before in {"det", "num", "poss"} and not relative) or (
        before == "word" and previous is not None and previous.lower_ in {"more", "other"}
    ):
        counted = following is not None and following.lower_ in {"more", "fewer", "less"}
        if following is not None and not counted and kind(following) in {"word"} and first.whitespace_:
            return "adjectival"
        if before == "det" and previous is not None and previous.lower_ in {"the", "those", "these"}:
            return "nominal"
    if previous is not None and previous.lower_ == "of":
        if not _opens_object(following):
            # "the number of wounded"
            return "nominal"
        number = next(wordorder.back(previous, 1), None)
        counted = number is not None and number.lower_ in FIGURES | {"number", "numbers", "total", "millions"}
        if counted and following is not None and kind(following) == "word":
            return "adjectival"
    if entry.victim != "subject" and not _opens_object(following):
        # "if he lost", "as she shot": a pronoun does it, and nobody is named to whom.
        by_pronoun = previous is not None and previous.lower_ in {"he", "she", "they", "we", "i", "it"}
        return found if by_pronoun else "reduced"
    return found


def shares_auxiliary(verb: Token, following: Token | None) -> Token | None:
    """Give the participle whose auxiliary and subject a verb shares: "were dragged from a bus and killed".

    Args:
        verb: a verb that may be a participle.
        following: the word after it, if any; one that opens an object makes the verb active.
    """
    if following is not None and (_opens_object(following) or kind(following) == "aux"):
        return None
    before = list(wordorder.back(verb, SHARED_REACH))
    at = next((n for n, token in enumerate(before) if kind(token) != "adv"), len(before))
    if at == len(before) or before[at].lower_ not in {"and", "or"}:
        return None
    for n, token in enumerate(before[at + 1 :], at + 1):
        if token.lower_ in PASSIVE_AUXILIARIES:
            opened = next((t for t in before[n - 1 : at : -1] if kind(t) != "adv"), None)
            return opened if opened is not None and _is_participle(opened) else None
        what = kind(token)
        if (
            what in {"sconj", "pron"}
            or token.text in DIVIDING
            or (what == "verb" and not _is_participle(token))
        ):
            return None
    return None


def _is_participle(token: Token) -> bool:
    lower = token.lower_
    return lower.endswith(("ed", "en", "wn")) or lower in IRREGULAR_PARTICIPLES


def _is_circumstance(entry: Entry, previous: Token | None, following: Token | None) -> bool:
    """What the people before a participle do: "people fleeing into", against "the bird dying"."""
    if entry.victim != "subject" or previous is None:
        return False
    plural = previous.lower_.endswith("s") or previous.lower_ in PLURALS or kind(previous) == "num"
    return plural and (following is None or following.is_punct or kind(following) in {"adp", "conj"})


def _is_year(token: Token) -> bool:
    """ "in 1999 killed more than 40": a year before a participle counts nobody."""
    return token.is_digit and len(token.text) == 4 and token.text[:2] in {"18", "19", "20"}


def _base_form(entry: Entry, previous: Token | None, before: str, following: Token | None) -> str:
    """Infinitives and -s forms are verbs after "to", a modal or a plural with an object behind."""
    if previous is None or before == "punct":
        return "bare" if _counted_object(following) else "refused"
    if previous.lower_ in MODALS:
        return "infinitive"
    if previous.lower_ in {"they", "we", "who", "that", "which", "you", "often"}:
        return "bare" if entry.victim == "subject" or _opens_object(following) else "refused"
    if previous.lower_ == "and":
        return "bare" if _counted_object(following) else "refused"
    if before == "adv":
        return "infinitive" if _opens_object(following) or entry.victim == "subject" else "refused"
    if before in {"word", "num", "part"} and (entry.victim != "object" or _counted_object(following)):
        return "bare"
    return "refused"


def _opens_object(token: Token | None) -> bool:
    """Tell whether a noun phrase starts at a token, or behind the words that bound its figure."""
    steps = 0
    while token is not None and steps < 4:
        what = kind(token)
        if token.lower_ in {"all", "both", "each"}:
            # "killing all 15 on board", "killed both pilots" against "killed both in the raid".
            after = next(wordorder.ahead(token, 1), None)
            return after is not None and kind(after) in {"num", "word", "det"}
        if what == "num" and _measures(token):
            return False
        if what in {"num", "det", "pron"}:
            return token.lower_ not in {"who", "there", "all", "both", "each"} or what == "num"
        if what == "word":
            return token.lower_ not in {
                "yesterday",
                "today",
                "later",
                "earlier",
                "last",
                "early",
            } and not token.text.endswith("day")
        if (
            token.lower_
            in {
                "at",
                "up",
                "as",
                "more",
                "over",
                "under",
                "nearly",
                "about",
                "around",
                "some",
                "between",
                "least",
            }
            or what == "adv"
        ):
            nxt = next(wordorder.ahead(token, 1), None)
            if token.lower_ in {
                "at",
                "up",
                "as",
                "between",
                "over",
                "about",
                "around",
                "under",
            } and not _leads_to_figure(token):
                return False
            if token.lower_ in {"up", "as", "at"}:
                return True
            token, steps = nxt, steps + 1
            continue
        if what in {"verb", "part"} and token.lower_ in {"wounded", "injured"}:
            return False
        return False
    return False


def _measures(number: Token) -> bool:
    """ "trapped 350 metres underground": the number measures a way or a time."""
    following, *more = [*wordorder.ahead(number, 2), None]
    if following is None or following.lower_.rstrip(".") not in MEASURES:
        return False
    noun = more[0]
    # "killed 1.5m people" is millions.
    millions = following.lower_ == "m" and noun is not None and kind(noun) == "word"
    return not (millions and noun is not None and noun.lower_.endswith(("s", "people", "men", "children")))


def _leads_to_figure(token: Token) -> bool:
    """Tell "at least 12", "up to 30", "about 40" from "at the market"."""
    following = next(wordorder.ahead(token, 1), None)
    if following is None:
        return False
    if following.lower_ == "a":
        # "about a dozen" against "injured as a bus overturned"
        noun = next(wordorder.ahead(following, 1), None)
        return noun is not None and (noun.lower_ in COUNTED_NOUNS or kind(noun) == "num")
    return following.lower_ in {"least", "most", "many", "to"} | FIGURES or kind(following) == "num"


def _counted_object(token: Token | None) -> bool:
    """The object that lets a headline's "kills", "wounds" or "arrests" be a verb."""
    if token is None:
        return False
    if kind(token) in {"num", "det"}:
        return True
    lower = token.lower_
    if lower in {"at", "up", "as", "over", "nearly", "about", "around"}:
        return _leads_to_figure(token)
    if lower in FIGURES:
        return True
    return kind(token) == "word" and token.text[:1].islower() and token.lower_ not in {"in", "rate", "rates"}


def not_done(verb: Token, voice: str) -> bool:
    """Tell what was only tried, or did not happen: "tried to kill", "did not injure"."""
    before = [t.lower_ for t in wordorder.back(verb, 3)]
    if before[:2] == ["be", "or"]:
        # "to surrender or be killed"
        return True
    if voice == "infinitive" and before[:1] == ["to"]:
        return bool(set(before[1:]) & ATTEMPTS)
    return bool(
        wordorder.NEGATIONS & set(before[:1]) and {"did", "does", "do", "had", "has"} & set(before[1:2])
    )
