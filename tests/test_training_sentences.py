"""The generator of training sentences draws right trees, the same for the same seed, cut as spaCy cuts."""

from __future__ import annotations

import doctest
import itertools
import random
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import spacy
from spacy.language import Language

TRAINING = Path(__file__).parent.parent / "training"
sys.path.insert(0, str(TRAINING))
import casualty_sentences  # noqa: E402
import casualty_templates  # noqa: E402
import casualty_trees  # noqa: E402
from casualty_trees import Tree  # noqa: E402

# What occurs in the training part of UD_English-EWT.
RELATIONS = set(
    """acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound
    compound:prt conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat
    goeswith iobj list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl
    obl:agent obl:unmarked orphan parataxis punct reparandum root vocative xcomp""".split()
)
TAGS = set(
    """NN IN DT NNP PRP JJ RB . VB NNS , CC VBD VBP VBZ CD VBN VBG MD TO PRP$ -RRB- -LRB- WDT : WRB `` '' WP RP
    UH POS HYPH NNPS JJR JJS EX NFP RBR ADD GW $ SYM PDT LS FW RBS AFX WP$""".split()
)
NAMES = {"PER", "ORG", "LOC", "NORP", "FAC", "DATE"}
SIZE = 300
FILES = ("sentences.txt", "headlines.txt")
TEMPLATES = sorted({line for file in FILES for line in casualty_trees.lines(file)})


@cache
def sample() -> list[tuple[str, Tree]]:
    return list(casualty_sentences.generate(SIZE, seed=11))


@cache
def blank() -> Language:
    return spacy.blank("en")


def path_to_root(tree: Tree, at: int) -> list[int]:
    path = [at]
    while (head := tree[path[-1]].head) >= 0 and len(path) <= len(tree):
        path.append(head)
    return path


def arcs(tree: Tree) -> list[tuple[int, int]]:
    return [(min(i, t.head), max(i, t.head)) for i, t in enumerate(tree) if t.head >= 0]


def rows(tree: Tree) -> list[str]:
    """Each word with its relation and its head, as one reads it."""
    return [f"{t.form} {t.rel} {tree[t.head].form if t.head >= 0 else '-'}" for t in tree]


def test_the_same_seed_gives_the_same_sentences() -> None:
    """Two runs with one seed agree in every word and every tree."""
    assert list(casualty_sentences.generate(40, seed=5)) == list(casualty_sentences.generate(40, seed=5))


def test_another_seed_gives_other_sentences() -> None:
    """Two seeds share hardly a sentence."""
    first = {text for text, _ in casualty_sentences.generate(40, seed=5)}
    second = {text for text, _ in casualty_sentences.generate(40, seed=6)}
    assert len(first & second) < 4


def test_no_sentence_comes_twice() -> None:
    """The texts of a run differ."""
    assert len({text for text, _ in sample()}) == SIZE


@pytest.mark.parametrize("at", range(SIZE))
def test_a_tree_is_whole(at: int) -> None:
    """One root, to which every word leads without a circle."""
    tree = sample()[at][1]
    roots = [i for i, token in enumerate(tree) if token.head == -1]
    assert [tree[i].rel for i in roots] == ["root"]
    assert {path_to_root(tree, i)[-1] for i in range(len(tree))} == set(roots)
    assert [t.rel for t in tree].count("root") == 1


@pytest.mark.parametrize("at", range(SIZE))
def test_a_tree_does_not_cross(at: int) -> None:
    """No two arcs cross."""
    found = arcs(sample()[at][1])
    assert [(a, b) for a, b in itertools.product(found, found) if a[0] < b[0] < a[1] < b[1]] == []


@pytest.mark.parametrize("at", range(SIZE))
def test_labels_are_those_of_the_treebank(at: int) -> None:
    """No tag, relation or kind of name of our own making."""
    tree = sample()[at][1]
    assert {token.rel for token in tree} <= RELATIONS
    assert {token.tag for token in tree} <= TAGS
    assert {token.name[2:] for token in tree if token.name} <= NAMES


@pytest.mark.parametrize("at", range(SIZE))
def test_names_are_whole(at: int) -> None:
    """What goes on within a name goes on from a word of the same kind of name."""
    names = [token.name for token in sample()[at][1]]
    inside = [(before, name) for before, name in itertools.pairwise(["", *names]) if name.startswith("I-")]
    assert [pair for pair in inside if pair[0][2:] != pair[1][2:]] == []


@pytest.mark.parametrize("at", range(SIZE))
def test_words_are_those_of_the_tokenizer(at: int) -> None:
    """The blank English pipeline cuts the text into the words of the tree."""
    text, tree = sample()[at]
    assert [token.text for token in blank()(text)] == [token.form for token in tree]


@pytest.mark.parametrize("at", range(SIZE))
def test_curly_and_straight_marks_do_not_mix(at: int) -> None:
    """A text has typographic quotation marks or straight ones."""
    text = sample()[at][0]
    assert not (set(text) & set("“”‘’") and '"' in text)


@pytest.mark.parametrize("line", TEMPLATES)
def test_a_template_can_be_drawn(line: str) -> None:
    """Every template is readable, its slots exist, and its tree has one root."""
    tree = casualty_templates.parse(line)
    assert [token.head for token in tree].count(-1) == 1


def test_there_are_enough_templates() -> None:
    """The grammar is wide enough to be worth training on."""
    assert len(TEMPLATES) >= 150


def test_the_second_figure_is_the_subject_of_the_short_passive() -> None:
    """ "30 others" were injured, though nothing says "were" a second time."""
    tree = casualty_templates.parse(
        "(twelve/CD *people/NNS)=nsubj:pass were *killed/VBN"
        " (and (30/CD *others/NNS)=nsubj:pass *injured/VBN)=conj ."
    )
    assert rows(tree) == [
        "twelve nummod people",
        "people nsubj:pass killed",
        "were aux:pass killed",
        "killed root -",
        "and cc injured",
        "30 nummod others",
        "others nsubj:pass injured",
        "injured conj killed",
        ". punct killed",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zeid al-Hussein", ["Zeid root -", "al flat Zeid", "- punct al", "Hussein flat Zeid"]),
        ("Abu Salem", ["Abu root -", "Salem flat Abu"]),
        ("Port-au-Prince", ["Port root -", "- punct Port", "au flat Port", "- punct au", "Prince flat Port"]),
    ],
)
def test_a_flat_name_hangs_on_its_first_word(name: str, expected: list[str]) -> None:
    """Names of people and of foreign places have no inner grammar."""
    assert rows(casualty_trees.flat(name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("South Sudan", ["South compound Sudan", "Sudan root -"]),
        ("United Nations", ["United amod Nations", "Nations root -"]),
        (
            "Ministry of Health and Sports",
            [
                "Ministry root -",
                "of case Health",
                "Health nmod Ministry",
                "and cc Sports",
                "Sports conj Health",
            ],
        ),
        (
            "Doctors 's Union of the Red Sea",
            [
                "Doctors nmod:poss Union",
                "'s case Doctors",
                "Union root -",
                "of case Sea",
                "the det Sea",
                "Red amod Sea",
                "Sea nmod Union",
            ],
        ),
    ],
)
def test_a_name_of_english_words_has_their_grammar(name: str, expected: list[str]) -> None:
    """The last noun before "of" is the head."""
    assert rows(casualty_trees.titled(name)) == expected


def test_a_compound_before_old_hangs_as_in_the_treebank() -> None:
    """ "A 12-year-old boy": five words, the year on "old"."""
    tree = casualty_templates.parse("a ((*12/CD ~-)=nummod ~*year/NN ~-)=obl:unmarked ~*old/JJ")
    assert casualty_sentences.text_of(tree) == "a 12-year-old"
    assert rows(tree)[1:] == [
        "12 nummod year",
        "- punct 12",
        "year obl:unmarked old",
        "- punct year",
        "old root -",
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("people/NNS *died/VBD", id="a noun without a relation"),
        pytest.param("*people/NNS *died/VBD", id="two heads"),
        pytest.param("two/CD people/NNS=obj", id="no head"),
        pytest.param("(two *people/NNS=nsubj *died/VBD", id="an open bracket"),
        pytest.param("*perished", id="a word without a tag"),
        pytest.param("local/JJ|state/NN *media/NNS", id="words of two relations"),
        pytest.param("*{nothing}", id="a slot that is not there"),
    ],
)
def test_a_wrong_template_is_refused(line: str) -> None:
    """A slip in the data stops the run, and does not become a wrong tree."""
    with pytest.raises(ValueError, match=r"."):
        casualty_templates.parse(line)


def test_each_of_several_words_may_have_its_tag() -> None:
    """A word without a tag has that of the last."""
    drawn = {
        casualty_templates.draw(casualty_templates.read("*says/VBZ|said|added/VBD"), random.Random(seed))[0]
        for seed in range(40)
    }
    assert {(token.form, token.tag) for token in drawn} == {
        ("says", "VBZ"),
        ("said", "VBD"),
        ("added", "VBD"),
    }


def test_other_cutting_is_refused() -> None:
    """A text that spaCy cuts into other words does not reach the file."""
    tree = casualty_templates.parse("*12-year/NN")
    with pytest.raises(ValueError, match="spaCy cuts"):
        casualty_sentences.check("12-year", tree)


def test_a_sentence_is_written_as_conllu() -> None:
    """Ten columns, heads counted from one, names and missing spaces in the last."""
    tree = casualty_templates.parse("(two/CD *people/NNS)=nsubj *died/VBD (in *Basra/NNP@LOC)=obl ~./.")
    assert casualty_sentences.conllu(casualty_sentences.text_of(tree), tree, "s1").splitlines() == [
        "# newpar",
        "# sent_id = s1",
        "# text = two people died in Basra.",
        "1\ttwo\t_\tNUM\tCD\t_\t2\tnummod\t_\t_",
        "2\tpeople\t_\tNOUN\tNNS\t_\t3\tnsubj\t_\t_",
        "3\tdied\t_\tVERB\tVBD\t_\t0\troot\t_\t_",
        "4\tin\t_\tADP\tIN\t_\t5\tcase\t_\t_",
        "5\tBasra\t_\tPROPN\tNNP\t_\t3\tobl\t_\tName=B-LOC|SpaceAfter=No",
        "6\t.\t_\tPUNCT\t.\t_\t3\tpunct\t_\t_",
        "",
    ]


def test_some_headlines_are_in_capitals() -> None:
    """Among many sentences there are headlines without a small letter, and long texts are not among them."""
    shouted = [text for text, _ in sample() if text.isupper() and len(text) > 12]
    assert 0 < len(shouted) < SIZE / 10


@pytest.mark.parametrize(
    "module", [casualty_sentences, casualty_templates, casualty_trees], ids=lambda m: m.__name__
)
def test_the_examples_run(module: ModuleType) -> None:
    """The examples of the docstrings give what they say."""
    assert doctest.testmod(module).failed == 0
