"""Noun phrases, verb forms and quotations, told from closed word classes and word order.

What needs no tree is asked here, of any token of the article; `syntax` answers what does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

__all__ = [
    "AUXILIARIES",
    "COUNTERS",
    "DETERMINERS",
    "NEGATIONS",
    "PREPOSITIONS",
    "ahead",
    "back",
    "clause",
    "contains",
    "is_layout",
    "is_name",
    "kind",
    "name_phrase",
    "phrase_from",
    "quoted",
    "voice",
]

DETERMINERS = frozenset(
    """the a an this that these those another any some each every no neither both all such her his its their
    my our your whose""".split()
)
PREPOSITIONS = frozenset(
    """in on at of by for from to with within without into onto over under near during after before
    since until till between among amid amidst against about across around along alongside behind
    beside besides beyond despite outside inside off through throughout toward towards upon via per
    as than because due including like unlike except versus following aboard atop below above
    beneath out up down""".split()
)
AUXILIARIES = frozenset(
    """is are was were be been being am has have had having do does did will would shall should can
    could may might must 's 're 've 'd 'll ca wo remain remains remained become becomes became get
    gets got gotten getting""".split()
)
BE = frozenset(
    "is are was were be been being am 's 're get gets got gotten getting remain remains remained".split()
)
HAVE = frozenset("has have had having 've".split())
NEGATIONS = frozenset({"not", "n't", "never"})
CONJUNCTIONS = frozenset("and or but nor yet & plus".split())
SUBORDINATORS = frozenset(
    """that who whom which when where while whose if whether although though because so unless since
    how why what whereas once""".split()
)
PRONOUNS = frozenset(
    "he she it they we i you him them us me himself herself themselves itself who there".split()
)
ADVERBS = frozenset(
    """also now then still already not n't never reportedly allegedly apparently later earlier today
    yesterday tonight again just only even recently currently immediately instantly seriously badly
    critically severely slightly fatally mortally unintentionally accidentally mistakenly
    deliberately likely possibly probably presumably ago here too however meanwhile nearby instead
    subsequently previously finally initially officially injuriously unlawfully wrongly tragically
    brutally simultaneously collectively separately together far ever once twice dead
    since""".split()
) - {"dead", "since"}
NOT_ADVERBS = frozenset(
    "family daily early imply apply assembly supply reply rally monopoly anomaly elderly deadly weekly monthly".split()
)
# Finite verbs that news sentences turn on and that no ending gives away.
VERBS = frozenset(
    """said says say told tells tell reported reports claimed confirmed denied announced added
    went go goes came come comes took take takes taken left leave leaves hit hits struck strike
    strikes fell fall falls made make makes gave give gives found find finds saw see sees shot
    shoots shoot put puts rose rise rises stood stand stands brought bring brings began begin begins
    held hold holds set sets ran run runs kept keep keeps led lead leads lost lose loses died die
    dies dying fled flee flees blew blow blows broke break breaks drove drive drives sent send sends
    met meet meets spoke speak speaks knew know knows thought think thinks believed believe believes
    caught catch catches fought fight fights sank sink sinks drowned drown suffered suffer suffers
    included include includes injured wounded killed kill kills wound wounds injure injures hurt
    hurts caused cause causes carried tore tears ripped swept burnt buried collapsed crashed exploded
    erupted opened fired attacked targeted destroyed damaged arrested detained abducted kidnapped
    displaced evacuated rescued freed trapped infected hospitalized hospitalised treated identified
    named called became become becomes remained remain remains stay stayed stays reached reach
    reaches exceeded exceed exceeds stands happened occurred took place continues continued sought laid sustain sustains""".split()
) - {"place", "reports", "strikes", "wounds", "stands", "strike", "report", "cause", "run", "fire", "blow", "fall", "fight"}  # fmt: skip


def is_layout(token: Token) -> bool:
    """Tell whether a token is white space or Markdown emphasis, which no grammar sees."""
    return token.is_space or token.text in {"*", "**", "***", "_", "__"}


def kind(token: Token) -> str:
    """Name the coarse class of a token.

    Returns:
        One of "space", "punct", "num", "det", "adp", "aux", "conj", "sconj", "pron", "adv", "poss",
        "verb" (a finite verb known as such), "part" (ends in -ed or -ing) or "word".
    """
    lower = token.lower_
    if is_layout(token):
        return "space"
    if lower in {"'s", "’s"}:
        # After a name it may be "is", but in news it is nearly always the genitive.
        return "poss"
    if (
        lower in {"'", "’"}
        and token.i > 0
        and token.nbor(-1).text.endswith("s")
        and not token.nbor(-1).whitespace_
    ):
        return "poss"
    if token.is_punct or not any(c.isalnum() for c in token.text):
        return "punct"
    if token.like_num and not lower.endswith(("st", "nd", "rd", "th")):
        return "num"
    if token.text not in {"US", "WHO", "IT"}:
        for words, name in _CLASSES:
            if lower in words:
                return name
    if token.is_alpha and token.text[:1].islower() and len(lower) > 4 and lower.endswith(("ed", "ing")):
        return "part"
    if lower.endswith("ly") and len(lower) > 4 and token.text[:1].islower() and lower not in NOT_ADVERBS:
        return "adv"
    return "word"


_CLASSES: tuple[tuple[frozenset[str], str], ...] = (
    (DETERMINERS, "det"),
    (AUXILIARIES, "aux"),
    (CONJUNCTIONS, "conj"),
    (PREPOSITIONS, "adp"),
    (SUBORDINATORS, "sconj"),
    (PRONOUNS, "pron"),
    (ADVERBS, "adv"),
    (VERBS, "verb"),
)


def ahead(token: Token, limit: int = 50) -> Iterator[Token]:
    """Walk right over so many tokens, at most to the end of the sentence, leaving out layout."""
    doc, left = token.doc, limit
    for i in range(token.i + 1, _end(token, limit + LAYOUT)):
        if not is_layout(doc[i]):
            yield doc[i]
            left -= 1
            if left == 0:
                return


def back(token: Token, limit: int = 50) -> Iterator[Token]:
    """Walk left over so many tokens, at most to the start of the sentence, leaving out layout."""
    doc, i, left = token.doc, token.i, limit
    while i > 0 and token.i - i < limit + LAYOUT and not doc[i].is_sent_start:
        i -= 1
        if not is_layout(doc[i]):
            yield doc[i]
            left -= 1
            if left == 0:
                return


LAYOUT = 8
"""How many tokens of layout may stand on the way."""


def _end(token: Token, limit: int) -> int:
    """Give the end of the sentence, or of the stretch of so many tokens after this one.

    `Token.sent` walks over the whole sentence, which makes every caller quadratic in its length.
    """
    doc, i = token.doc, token.i + 1
    last = min(len(doc), i + limit)
    while i < last and not doc[i].is_sent_start:
        i += 1
    return i


LONGEST_PHRASE = 40
"""No noun phrase of news is longer, in tokens; the bound keeps lists of thousands of words linear."""


def phrase_from(token: Token) -> Span:
    """Give the noun phrase that a determiner, figure or noun opens, up to its head noun.

    "12 people were killed" from "12" gives "12 people"; "a policeman and" from "a" gives "a
    policeman"; "hundreds of rebels had" from "hundreds" gives "hundreds of rebels".
    """
    doc, end, last = token.doc, _end(token, LONGEST_PHRASE), token.i
    noun = kind(token) == "word"
    i = token.i + 1
    while i < end:
        following = doc[i]
        what = kind(following)
        if what == "space":
            i += 1
            continue
        if (
            what in {"word", "num"}
            or (what == "part" and not noun)
            or (what == "verb" and not noun and _modifies(following))
        ):
            noun = noun or (what == "word" and not _is_adjective(following))
        elif (
            what == "adv" and not noun and i + 1 < end and kind(doc[i + 1]) in {"part", "word", "verb"}
        ) or (what == "det" and not noun and kind(doc[i - 1]) in {"adp", "det"}):
            pass
        elif (
            (following.lower_ == "of" and last == i - 1 and _counts(doc[last]))
            or (what == "poss" and last == i - 1)
            or (
                following.text in {"-", "–", "‑"} and not following.whitespace_ and not doc[i - 1].whitespace_
            )
        ):
            noun = False
        else:
            break
        last = i
        i += 1
    while last > token.i and (kind(doc[last]) in {"space", "adv", "adp", "poss", "punct", "det"}):
        last -= 1
    return doc[token.i : last + 1]


def voice(token: Token) -> str:
    """Tell how a verb form is used.

    Returns:
        "passive" ("were killed"), "perfect" ("has killed"), "infinitive" ("to kill"), "gerund"
        ("killing"), or "bare": an active past or present form or a reduced relative, which the
        words after it decide ("Gunmen killed 12", "12 people killed in").
    """
    lower = token.lower_
    for passed, before in enumerate(back(token, 6)):
        word = before.lower_
        if word in BE:
            return "gerund" if lower.endswith("ing") and word not in {"been"} else "passive"
        if word in HAVE:
            return "perfect"
        if word == "to" and passed == 0:
            return "infinitive"
        what = kind(before)
        if what not in {"adv", "part"} and word not in CONJUNCTIONS and what != "verb":
            break
    return "gerund" if lower.endswith("ing") else "bare"


def contains(lowers: list[str], words: tuple[str, ...]) -> bool:
    """Tell whether words stand side by side in a list of lower-cased words."""
    n = len(words)
    return any(tuple(lowers[i : i + n]) == words for i in range(len(lowers) - n + 1))


def clause(token: Token) -> Span:
    """Give the stretch of the sentence between the subordinators, semicolons and dashes around."""
    doc = token.doc
    first, last = token.i, token.i
    for before in back(token, 200):
        if _divides(before):
            break
        first = before.i
    for after in ahead(token, 200):
        if _divides(after):
            break
        last = after.i
    return doc[first : last + 1]


def is_name(token: Token) -> bool:
    """Tell whether a token is written as a name: with a capital that its place does not explain."""
    text = token.text
    return text[:1].isupper() and not token.is_digit and kind(token) == "word" and not token.is_sent_start


def name_phrase(token: Token) -> Span:
    """Give the run of capitalised words, with particles such as "al-" and "de", that a token opens."""
    doc, end, last = token.doc, _end(token, LONGEST_PHRASE), token.i
    i = token.i + 1
    while i < end:
        word = doc[i]
        if word.text[:1].isupper() and (
            word.is_alpha or "'" in word.text or "’" in word.text or "." in word.text
        ):
            last = i
        elif (
            (word.text in {"-", "‑"} and not word.whitespace_ and not doc[i - 1].whitespace_)
            or (word.lower_ in PARTICLES and i + 1 < end)
            or (word.text in {"'", "’"} and not word.whitespace_ and not doc[i - 1].whitespace_)
        ):
            pass
        else:
            break
        i += 1
    return doc[token.i : last + 1]


PARTICLES = frozenset(
    "al el bin ibn abu abd ben de del della der den di da dos du la le van von y ter".split()
)


def quoted(texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Find the stretches inside double quotation marks, as intervals of tokens without the marks.

    A quotation that a paragraph leaves open is closed at its end; nothing here is an error.

    Args:
        texts: the tokens of a text, white space included.
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for i, text in enumerate(texts):
        if text in OPENING:
            if opened is not None and (i > opened or text == '"'):
                found.append((opened, i))
            opened = None if text == '"' and opened is not None else i + 1
        elif opened is not None and (text in CLOSING or (text.count("\n") > 1 and text.isspace())):
            found.append((opened, i))
            opened = None
    if opened is not None and opened < len(texts):
        found.append((opened, len(texts)))
    return tuple((a, b) for a, b in found if b > a)


OPENING = frozenset({"“", "«", "``", '"'})
"""Double quotation marks that open; the straight one closes what is open too."""
CLOSING = frozenset({"”", "»", "''"})


def _divides(token: Token) -> bool:
    return (
        token.lower_ in SUBORDINATORS
        or token.text in {";", "—", "--", ":"}
        or token.lower_ in {"but", "while"}
    )


def _modifies(token: Token) -> bool:
    """A past participle directly before a noun is an adjective: "12 wounded soldiers"."""
    if not token.lower_.endswith(("ed", "en")) or _end(token, 1) == token.i + 1:
        return False
    return kind(token.nbor(1)) in {"word"}


def _is_adjective(token: Token) -> bool:
    following = next(ahead(token, 1), None)
    return following is not None and kind(following) == "word" and token.whitespace_ != ""


def _counts(token: Token) -> bool:
    """Words whose "of" leads on to what is counted: "hundreds of", "members of", "a number of"."""
    return kind(token) == "num" or token.lower_ in COUNTERS


COUNTERS = frozenset(
    """dozens scores hundreds thousands millions tens number handful couple members member pair group
    total crowd majority bodies body family families lot many most some all both none each
    one""".split()
)
"""Nouns whose "of" leads on to what is counted."""
