"""Score sources on articles with annotated attributions: ``python benchmarks/accuracy/attributions.py FILE.jsonl``.

Each row has ``id``, ``text`` and under ``gold.attributions`` the spans ``source``, ``cue`` and ``content``, each a list
of ``[start, end]`` in characters, as PolNeAR has them (Newell et al. 2018). Articles are parted in two halves by a
digest of their ids: rules may be written with an eye on the half ``tuning``, the half ``reporting`` is for measuring.

PolNeAR marks whatever it says of anybody that they say, think, want or fear. Ours are statements. So gold counts where
it has a source and its content holds a quotation of at least two words, or its cue holds a reporting verb or "according
to" (`REPORTING`, below); all other gold (beliefs, wishes, plans) is neither missed nor, where we find it, made up. The
same holds the other way round: ours that shares content with no gold is made up only where its own cue is of that kind
or its scope holds a quotation.

A found attribution is matched with the gold whose content shares most characters with its scope, one with the same
speaker first. The source of the gold is the whole phrase, with apposition, role and relative clause ("Ana Ruiz, head of
the clinic,"); a claim gives the noun phrase nearest to the cue ("Ana Ruiz"). So gold is compared with the whole phrase
that a mention carries beside it (`whole`); ``--nearest`` compares it with the claim's phrase instead. The source is
right by *half* where it shares at least half of the longer one's characters, *exact* where the words are the same but
for articles and punctuation around them. Where gold's source is the relative pronoun ("who said"), ours is the noun
that it stands for; it is right where that noun phrase ends right before the pronoun.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pairing import context, pair
from spacy.language import Language

from casualty_extract import Article
from casualty_extract.attributions import find
from casualty_extract.mentions import Mention
from casualty_extract.parsing import mark_sentences
from casualty_extract.pipeline import load, make_doc

REPORTING = frozenset(
    """acknowledge add admit allege announce argue assert bellow boast caution charge claim comment complain concede
    conclude confirm contend counter continue declare deny describe disclose dispute explain insist joke lament maintain
    mention note observe predict proclaim promise quip read reiterate remark repeat reply report respond reveal say shout
    speak state stress suggest swear tell testify tweet urge vow warn write""".split()
)
"""Verbs that report what somebody says. Beliefs ("think", "know"), wishes ("want", "hope") and feelings are none."""
IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak",
    "swore": "swear", "sworn": "swear", "read": "read",
}  # fmt: skip
SPEAKER = 10_000
"""What a speaker in common outweighs: contents that share so many characters more."""
QUOTATION = re.compile(r"[\"“”«»]\s*[\w’'-]+\W+[\w’'-]+")
RELATIVES = frozenset({"who", "that", "which"})
AROUND = re.compile(r"^(?:(?:the|a|an|by|to)\b|[\W_])+|[\W_]+$", re.IGNORECASE)


def lemma(word: str) -> str:
    """Give the verb that a word is a form of, among those that report."""
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    for ending, more in (
        ("", ""),
        ("s", ""),
        ("es", ""),
        ("ed", ""),
        ("ed", "e"),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
    ):
        if ending == "" or low.endswith(ending):
            base = low[: len(low) - len(ending)] + more
            if base in REPORTING:
                return base
    if low.endswith("ied") or low.endswith("ies"):
        return low[:-3] + "y"
    doubled = re.fullmatch(r"(\w+?)(\w)\2(?:ed|ing)", low)
    return doubled[1] + doubled[2] if doubled else low


@dataclass
class Gold:
    """One attribution of the gold, as one stretch for each part."""

    source: tuple[int, int]
    cue: str
    content: list[tuple[int, int]]
    counts: bool


@dataclass
class Counts:
    """What was found in a half."""

    articles: int = 0
    gold: int = 0
    found: int = 0
    matched: int = 0
    half: int = 0
    exact: int = 0
    content: int = 0
    seconds: float = 0.0
    words: int = 0
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)

    def row(self, name: str) -> str:
        """Write one line of the table."""
        total = max(1, self.gold + self.found)
        cells = [f"{name:<11}{self.articles:>8}{self.gold:>7}{self.found:>7}"]
        cells += [f"{self.matched / max(1, self.found):>8.3f}{self.matched / max(1, self.gold):>8.3f}"]
        cells += [f"{2 * n / total:>8.3f}" for n in (self.matched, self.half, self.exact)]
        cells.append(f"{self.words / max(1e-9, self.seconds):>10.0f}")
        return "".join(cells)


def read(attribution: dict[str, Any], text: str) -> Gold | None:
    """Read one attribution; None where it has no source or no content."""
    if not attribution["source"] or not attribution["content"]:
        return None
    source = attribution["source"][0][0], attribution["source"][-1][1]
    content = [(a, b) for a, b in attribution["content"]]
    cue = " ".join(text[a:b] for a, b in attribution["cue"])
    quoted = any(QUOTATION.search(text, max(0, a - 1), b) for a, b in content)
    reporting = any(lemma(word) in REPORTING for word in re.findall(r"[\w’']+", cue))
    return Gold(source, cue, content, quoted or reporting or "according to" in cue.lower())


def shared(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Count the characters that two stretches share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def measured(text: str, mention: Mention) -> bool:
    """Tell whether ours is of the kind that gold counts for: by its cue, or by a quotation in its content."""
    cue = text[slice(*mention.value["cue"])].lower()
    return bool(lemma(cue) in REPORTING or " " in cue or QUOTATION.search(text, *mention.value["scope"]))


def relative(text: str, gold: tuple[int, int], span: tuple[int, int]) -> bool:
    """Tell whether gold is the relative pronoun right behind the noun phrase that is ours."""
    if text[gold[0] : gold[1]].lower() not in RELATIVES or span[1] > gold[0]:
        return False
    return not any(c.isalnum() for c in text[span[1] : gold[0]])


def same(text: str, gold: tuple[int, int], span: tuple[int, int]) -> bool:
    """Tell whether two sources name one speaker."""
    return shared(gold, span) > 0 or relative(text, gold, span)


def bare(text: str, span: tuple[int, int]) -> str:
    """Write a stretch without what stands around it."""
    return AROUND.sub("", text[span[0] : span[1]]).lower()


def phrase(mention: Mention, nearest: bool) -> tuple[int, int]:
    """Give the stretch of a source that is compared."""
    start, end = mention.value["whole"]
    return (mention.start, mention.end) if nearest else (start, end)


def score(row: dict[str, Any], nlp: Language, counts: Counts, errors: list[str], nearest: bool) -> None:
    """Find the attributions of one article and compare."""
    text = row["text"]
    golds = [g for a in row["gold"]["attributions"] if (g := read(a, text)) is not None]
    article = Article(id=str(row["id"]), text=text, title=row.get("title"))
    started = time.process_time()
    found: list[Mention] = list(find(mark_sentences(make_doc(nlp, article))))
    counts.seconds += time.process_time() - started
    counts.words += len(text.split())
    scopes = [tuple(m.value["scope"]) for m in found]
    pairs = pair(
        (overlap + SPEAKER * same(text, g.source, phrase(m, nearest)), i, j)
        for i, g in enumerate(golds)
        for j, (m, scope) in enumerate(zip(found, scopes, strict=True))
        if (overlap := sum(shared(part, scope) for part in g.content)) > 0
    )
    counts.articles += 1
    mine: set[int] = set()
    matched: set[int] = set()
    for i, j in pairs:
        mine.add(j)
        matched.add(i)
        g, m = golds[i], found[j]
        span = phrase(m, nearest)
        antecedent = relative(text, g.source, span)
        longer = max(g.source[1] - g.source[0], span[1] - span[0])
        half = antecedent or 2 * shared(g.source, span) >= longer
        exact = antecedent or (bare(text, g.source) == bare(text, span) and shared(g.source, span) > 0)
        if not g.counts:
            continue
        counts.found += 1
        counts.matched += 1
        counts.half += half
        counts.exact += exact
        counts.rules[m.rule, "right" if half else "wrong"] += 1
        if not exact:
            kind = "SPAN" if half else "SOURCE"
            errors.append(
                f"{kind} {row['id'][:40]} gold {text[slice(*g.source)]!r} found {text[slice(*span)]!r} {m.rule}"
                f" cue {g.cue!r} | {context(text, g.source[0])}"
            )
    for i, g in enumerate(golds):
        counts.gold += g.counts
        if g.counts and i not in matched:
            errors.append(
                f"MISSED {row['id'][:40]} {text[slice(*g.source)]!r} {g.cue!r} | {context(text, g.source[0])}"
            )
    for j, m in enumerate(found):
        if j not in mine and measured(text, m):
            counts.found += 1
            counts.rules[m.rule, "made up"] += 1
            errors.append(
                f"EXTRA {row['id'][:40]} {text[m.start : m.end]!r} {m.rule} cue {text[slice(*m.value['cue'])]!r} | {context(text, m.start)}"
            )


def half_of(name: str) -> str:
    """Tell which half an article belongs to."""
    return "tuning" if hashlib.sha256(name.encode()).digest()[0] % 2 else "reporting"


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, help="one article a line")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of the tuning half")
    parser.add_argument("--nearest", action="store_true", help="compare the phrase nearest to the cue")
    asked = parser.parse_args()
    nlp = load()
    halves = {"tuning": Counts(), "reporting": Counts()}
    errors: list[str] = []
    for line in asked.file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        half = half_of(str(row["id"]))
        score(row, nlp, halves[half], errors if half == "tuning" else [], asked.nearest)
    print(
        f"{'':<11}{'articles':>8}{'gold':>7}{'found':>7}{'P':>8}{'R':>8}{'F1':>8}{'half F1':>8}{'exact F1':>8}{'words/s':>10}"
    )
    for name, counts in halves.items():
        print(counts.row(name))
    print("\nrule (tuning)     right  wrong made up")
    rules = halves["tuning"].rules
    for rule in sorted({rule for rule, _ in rules}):
        print(f"{rule:<16}" + "".join(f"{rules[rule, kind]:>7}" for kind in ("right", "wrong", "made up")))
    for line in errors[: asked.errors]:
        print(line)


if __name__ == "__main__":
    main()
