"""Words per second beside spaCy's blank tokenizer and beside what one would write today, in one run.

``python benchmarks/speed.py [--general FILE.jsonl ...] [--casualty FILE.jsonl]`` prints a Markdown table. Each
file has one article a line with its ``text``; the defaults are the fixtures. All times are processor time of
one core, the least of several rounds, each with fresh pipelines. The machine may be busy: read the ratios.

The naive stack is a whole spaCy pipeline, quantulum3's parser and dateparser's search, each over every text. It
is so slow that it reads a sample only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from spacy.language import Language

import casualty_extract
from casualty_extract import Article, extract, load
from casualty_extract.pipeline import make_doc

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures" / "gold.jsonl"
MODEL = Path(casualty_extract.__file__).parent / "model"
WARM_UP = "Gunmen killed 12 people on 3 May 2017 in Mosul, 5 km away, police said."


def main() -> None:
    """Measure, and print a table to paste."""
    asked = _arguments()
    print("| corpus | what | words/s | of the tokenizer | times the naive stack |")
    print("| --- | --- | ---: | ---: | ---: |")
    for corpus, files in (("general", asked.general), ("casualty", [asked.casualty])):
        texts = _texts(files, asked.words)
        tokenizer = _speed(texts, lambda: spacy.blank("en").make_doc, asked.rounds)
        naive = _speed(_thinned(texts, asked.naive_words), _naive, 1) if asked.naive_words else None
        rows = {
            "blank tokenizer": tokenizer,
            "all read (`screen=False`)": _speed(texts, lambda: _extractor(screen=False), asked.rounds),
            "screened": _speed(texts, lambda: _extractor(screen=True), asked.rounds),
        }
        if naive is not None:
            rows[f"naive stack ({_naive_name()})"] = naive
        words = sum(len(text.split()) for text in texts)
        for what, speed in rows.items():
            times = f"{speed / naive:.1f}" if naive else ""
            print(
                f"| {corpus}, {words:,} words | {what} | {speed:,.0f} | {speed / tokenizer:.2f} | {times} |"
            )
        if asked.stages:
            _print_stages(texts)
    print()
    _print_loading()
    if asked.memory:
        _print_memory(asked.memory, {"general": asked.general[0], "casualty": asked.casualty})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--general", type=Path, nargs="+", default=[FIXTURES], help="general news")
    parser.add_argument("--casualty", type=Path, default=FIXTURES, help="news of casualties")
    parser.add_argument("--words", type=int, default=200_000, help="words of each corpus, spread over it")
    parser.add_argument("--naive-words", type=int, default=6_000, help="words for the naive stack; 0: none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=float, default=5.0, help="megabytes of one article; 0: none")
    parser.add_argument("--stages", action="store_true", help="also the time of each stage")
    return parser.parse_args()


def _texts(files: Iterable[Path], most: int) -> list[str]:
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return _thinned([json.loads(line)["text"] for line in lines], most)


def _thinned(texts: list[str], most: int) -> list[str]:
    """Every nth text, so that about so many words are left."""
    words = sum(len(text.split()) for text in texts)
    return texts[:: max(1, round(words / most))]


def _speed(texts: list[str], make: Callable[[], Callable[[str], object]], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        read = make()
        started = time.process_time()
        for text in texts:
            read(text)
        seconds.append(time.process_time() - started)
    return sum(len(text.split()) for text in texts) / min(seconds)


def _extractor(*, screen: bool) -> Callable[[str], object]:
    nlp = load(screen=screen)
    extract(WARM_UP, nlp=nlp)
    return lambda text: extract(text, nlp=nlp)


def _naive_name() -> str:
    return "shipped model" if MODEL.exists() else "tokenizer alone for want of a model"


def _naive() -> Callable[[str], object]:
    """What one would write today: three libraries, each over the whole text."""
    import dateparser.search
    from quantulum3 import classifier, parser

    # With scikit-learn installed its classifier may fail on its own model.
    classifier.USE_CLF = False
    nlp: Language = spacy.load(MODEL) if MODEL.exists() else spacy.blank("en")

    def read(text: str) -> object:
        return nlp(text), parser.parse(text), dateparser.search.search_dates(text, languages=["en"])

    read(WARM_UP)
    return read


def _print_stages(texts: list[str]) -> None:
    nlp = load()
    extract(WARM_UP, nlp=nlp)
    spent: Counter[str] = Counter()
    for text in texts:
        started = time.process_time()
        doc = make_doc(nlp, Article(text=text))
        spent["tokens"] += time.process_time() - started
        for name, stage in nlp.pipeline:
            started = time.process_time()
            doc = stage(doc)
            spent[name] += time.process_time() - started
    words = sum(len(text.split()) for text in texts)
    for name, seconds in spent.items():
        print(f"|  | `{name}` | {words / max(seconds, 1e-9):,.0f} |  |  |")


def _print_loading() -> None:
    print("| started anew | seconds |")
    print("| --- | ---: |")
    for what, code in (
        ("import casualty_extract", "import casualty_extract"),
        (
            "first extraction, import included",
            f"import casualty_extract; casualty_extract.extract({WARM_UP!r})",
        ),
    ):
        script = f"import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
        seconds = [float(_run([sys.executable, "-c", script])) for _ in range(3)]
        print(f"| {what} | {min(seconds):.3f} |")


def _print_memory(megabytes: float, files: dict[str, Path]) -> None:
    print(f"\n| one article of {megabytes:g} MB | claims | seconds | MB before | MB at most |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for corpus, file in files.items():
        found = _run([sys.executable, str(Path(__file__).parent / "memory.py"), str(file), str(megabytes)])
        claims, seconds, before, most = found.split()
        print(f"| {corpus} | {claims} | {seconds} | {before} | {most} |")


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
