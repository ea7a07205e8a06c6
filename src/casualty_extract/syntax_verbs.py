"""Who did what to whom: subjects, agents and objects of verbs and of nouns of action.

What a verb shares with the verb that it is joined to, what it takes from the clause around it and
what a relative pronoun stands for is found here; `syntax` is the door.
"""

from __future__ import annotations

from spacy.tokens import Token

from casualty_extract.syntax_trees import (
    AUXILIARIES,
    COPULAS,
    OBJECTS,
    SUBJECTS,
    dependents,
    edges,
    governor,
    is_passive,
    preposition,
    relation,
)

__all__ = [
    "agents",
    "antecedent",
    "auxiliaries",
    "complements",
    "is_negated",
    "objects",
    "passive_subjects",
    "said",
    "speaker",
    "subjects",
]

NEGATIONS = frozenset("not n't n’t never neither".split())
RELATIVES = frozenset("who whom which that".split())
PLACE_AND_TIME = frozenset("where when why how whereby".split())


def subjects(verb: Token) -> tuple[Token, ...]:
    """Give the heads of the active subject of a verb or predicate; none where the verb is passive.

    A verb without a subject takes that of the verb it is joined to ("killed 12 and [wounded] 30"), of
    the clause around it ("[killing] himself"), of its object ("left 12 [dead]") or the noun on which it
    hangs. A relative pronoun gives way to its antecedent. Further conjuncts: see `conjuncts`.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="Rebels killed 12 and wounded 30".split(),
    ...           tags=["NNS", "VBD", "CD", "CC", "VBD", "CD"], heads=[1, 1, 1, 4, 1, 4],
    ...           deps=["nsubj", "root", "obj", "cc", "conj", "obj"])
    >>> subjects(doc[4])
    (Rebels,)
    """
    return () if is_passive(verb) else _grammatical_subjects(verb)


def passive_subjects(verb: Token) -> tuple[Token, ...]:
    """Give the heads of what a passive verb is done to, found as `subjects` are.

    "12 were killed and 30 injured" gives "30" of "injured"; "12 people killed in the blast" gives
    "people" of "killed".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 people killed in raids".split(), heads=[1, 1, 1, 4, 2],
    ...           tags=["CD", "NNS", "VBN", "IN", "NNS"], deps=["nummod", "root", "acl", "case", "obl"])
    >>> passive_subjects(doc[2])
    (people,)
    """
    return _grammatical_subjects(verb) if is_passive(verb) else ()


def agents(verb: Token) -> tuple[Token, ...]:
    """Give the heads of the by-phrase of a passive verb or of a noun: "killed by [troops]", "raid by".

    What ends a row of verbs goes with all of them: "were killed or wounded by troops".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 killed by troops".split(), heads=[1, 1, 1, 2],
    ...           tags=["CD", "VBN", "IN", "NNS"], deps=["nsubj:pass", "ROOT", "agent", "pobj"])
    >>> agents(doc[1])
    (troops,)
    """
    own = dependents(verb, "agent") or tuple(
        t for t in dependents(verb, "attached") if preposition(t) == "by"
    )
    if own or not is_passive(verb):
        return own
    last = _last_of_row(verb)
    return dependents(last, "agent") if last is not None else ()


def objects(verb: Token) -> tuple[Token, ...]:
    """Give the heads of the object of a verb, or of what follows "of" behind a noun of action.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="the killing of 12 people".split(), heads=[1, 1, 4, 4, 1],
    ...           tags=["DT", "NN", "IN", "CD", "NNS"], deps=["det", "root", "case", "nummod", "nmod"])
    >>> objects(doc[1])
    (people,)
    """
    own = _own_objects(verb)
    if own:
        return own
    if verb.tag_.startswith(("NN", "VBG")):
        taken = tuple(t for t in dependents(verb, "attached", "oblique") if preposition(t) == "of")
        if taken or verb.tag_ != "VBG":
            return taken
    if not verb.tag_.startswith("VB") or is_passive(verb):
        return ()
    if relation(verb) == "relative" and _lacks_object(verb):
        noun = governor(verb)
        return (noun,) if noun is not None else ()
    last = _last_of_row(verb)
    return _own_objects(last) if last is not None else ()


def complements(verb: Token) -> tuple[Token, ...]:
    """Give the heads of the clauses and predicates that complete a verb, and of speech beside it.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="It left 12 dead".split(), heads=[1, 1, 1, 1],
    ...           tags=["PRP", "VBD", "CD", "JJ"], deps=["nsubj", "root", "obj", "xcomp"])
    >>> complements(doc[1])
    (dead,)
    """
    return dependents(verb, "complement", "predicate", "speech")


def auxiliaries(verb: Token) -> tuple[Token, ...]:
    """Give the auxiliaries and copulas of a verb or predicate, shared ones too: "were killed and [hurt]".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 have been killed".split(), tags=["CD", "VBP", "VBN", "VBN"],
    ...           heads=[3, 3, 3, 3], deps=["nsubjpass", "aux", "auxpass", "ROOT"])
    >>> auxiliaries(doc[3])
    (have, been)
    """
    joined: Token | None = verb
    while joined is not None:
        own = _own_auxiliaries(joined)
        if own:
            return own
        joined = _sharing(joined)
    return ()


def is_negated(verb: Token) -> bool:
    """Tell whether "not", "never" or "without" denies a verb or predicate, or the verb it is joined to.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="It did not explode".split(), tags=["PRP", "VBD", "RB", "VB"],
    ...           heads=[3, 3, 3, 3], deps=["nsubj", "aux", "neg", "root"])
    >>> is_negated(doc[3])
    True
    """
    joined: Token | None = verb
    while joined is not None:
        if any(child.lower_ in NEGATIONS for child, _ in edges(joined)):
            return True
        if "without" in preposition(joined).split():
            return True
        head = None if _own_auxiliaries(joined) else _sharing(joined)
        if head is None or _coordinator(joined, head) == "but":
            return False
        joined = head
    return False


def antecedent(pronoun: Token) -> Token | None:
    """Give the noun that a relative pronoun takes up: "the [soldier] who was killed".

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="a soldier who died".split(), heads=[1, 1, 3, 1],
    ...           tags=["DT", "NN", "WP", "VBD"], deps=["det", "root", "nsubj", "acl:relcl"])
    >>> antecedent(doc[2])
    soldier
    """
    here: Token | None = pronoun
    while here is not None:
        name = relation(here)
        if name == "relative":
            return governor(here)
        if name in {"participle", "adverbial", "parenthesis", "root", "none", "apposition"}:
            return None
        here = governor(here)
    return None


def speaker(verb: Token) -> Token | None:
    """Give the head of who speaks: the subject wherever it stands, "by X" of a passive, "according to X".

    "who said" gives the antecedent of "who". A pronoun is given as it stands.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 died , said Karim".split(), heads=[1, 1, 1, 1, 3],
    ...           tags=["CD", "VBD", ",", "VBD", "NNP"], deps=["nsubj", "root", "punct", "parataxis", "nsubj"])
    >>> speaker(doc[3]), said(doc[3])
    (Karim, (died,))
    """
    if relation(verb) == "function":
        return governor(verb)
    by = agents(verb)
    if by:
        return by[0]
    found = _grammatical_subjects(verb)
    if found and (not is_passive(verb) or relation(verb) != "participle"):
        return None if is_passive(verb) else found[0]
    behind = [t for t in _own_objects(verb) if t.i > verb.i]
    # "12 died, said Karim": a speaker behind the verb that was taken for its object.
    turned = bool(behind) and any(t.i < verb.i for t in said(verb)) and verb.tag_ in {"VBD", "VBZ", "VBP"}
    return behind[0] if turned else None


def said(verb: Token) -> tuple[Token, ...]:
    """Give the heads of the clauses that a verb of saying, or a noun such as "reports", gives.

    They may hang from the verb or, where the verb stands beside them ("12 died, police said", "as
    police said", "according to police"), govern it. Their conjuncts are said too: see `conjuncts`.

    >>> from spacy.tokens import Doc
    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="Police said 12 died".split(), heads=[1, 1, 3, 1],
    ...           tags=["NNS", "VBD", "CD", "VBD"], deps=["nsubj", "ROOT", "nsubj", "ccomp"])
    >>> said(doc[1])
    (died,)
    """
    name = relation(verb)
    if name == "function":
        served = governor(verb)
        clause = governor(served) if served is not None else None
        return (clause,) if clause is not None else ()
    found = tuple(
        child
        for child in dependents(verb, "complement", "predicate", "speech", "parenthesis")
        if child.tag_ != "IN"
    )
    if found:
        return found
    if name == "parenthesis" or (name == "adverbial" and preposition(verb) in {"as", "like"}):
        clause = governor(verb)
        return (clause,) if clause is not None else ()
    return ()


def _grammatical_subjects(verb: Token) -> tuple[Token, ...]:
    here: Token | None = verb
    while here is not None:
        own = _own_subjects(here)
        if own:
            return tuple(_resolved(t) for t in own)
        name, head = relation(here), governor(here)
        if head is None:
            return ()
        if name in {"participle", "relative"}:
            # "people killed", "a man carrying a bomb"; of "a plan to kill" nobody knows.
            active = here.tag_ in {"VB", "VBP"} and not is_passive(here)
            return () if active or preposition(here) not in {"", "to"} else (head,)
        if here.dep_ == "orphan":
            return (head,)
        if name in {"complement", "predicate", "speech"}:
            if here.dep_ == "ccomp":
                return ()
            taken = () if is_passive(head) else _own_objects(head)
            if taken:
                return taken
        elif name not in {"conjunct", "adverbial"} or not _is_clausal(head):
            return ()
        here = head
    return ()


def _own_subjects(verb: Token) -> tuple[Token, ...]:
    found = []
    for child, bearer in edges(verb):
        label = bearer.dep_
        if label in SUBJECTS or (label == "attr" and bearer.head.lower_ in COPULAS):
            found.append(child)
    return tuple(found)


def _own_objects(verb: Token) -> tuple[Token, ...]:
    found = []
    for child, bearer in edges(verb):
        label = bearer.dep_
        if label in OBJECTS:
            found.append(_resolved(child))
        elif label == "ccomp" and bearer.i == child.i and _is_small(child):
            # "left 12 dead" with "12" as the subject of "dead".
            found.extend(_own_subjects(child))
    return tuple(found)


def _is_small(token: Token) -> bool:
    """Tell a clause without a verb of its own from a full one: "[12 dead]", "[30 wounded]"."""
    return token.tag_.startswith(("JJ", "VBN", "NN", "RB")) and all(
        child.dep_ not in AUXILIARIES and child.dep_ not in {"mark", *OBJECTS} for child in token.children
    )


def _resolved(token: Token) -> Token:
    if token.lower_ in RELATIVES and token.tag_ in {"WP", "WDT", "IN"}:
        return antecedent(token) or token
    return token


def _lacks_object(verb: Token) -> bool:
    """Tell "the people he killed" from "the house where he died" and "the man who died"."""
    own = _own_subjects_plain(verb)
    return bool(own) and not any(
        child.lower_ in PLACE_AND_TIME or preposition(child).split()[-1:] == ["which"]
        for child, _ in edges(verb)
    )


def _own_subjects_plain(verb: Token) -> bool:
    return any(
        bearer.dep_ in SUBJECTS and not (child.lower_ in RELATIVES and child.tag_ in {"WP", "WDT", "IN"})
        for child, bearer in edges(verb)
    )


def _is_clausal(token: Token) -> bool:
    return token.tag_.startswith(("VB", "MD")) or any(
        bearer.dep_ in SUBJECTS or bearer.dep_ == "cop" for _, bearer in edges(token)
    )


def _own_auxiliaries(verb: Token) -> tuple[Token, ...]:
    return tuple(
        bearer
        for child, bearer in edges(verb)
        if bearer.tag_ != "TO"
        and (bearer.dep_ in AUXILIARIES or (child.i == bearer.i and bearer.lower_ in COPULAS))
        and relation(bearer) == "function"
    )


def _sharing(verb: Token) -> Token | None:
    """Give the verb whose auxiliaries a joined verb of the same form goes on with."""
    if relation(verb) != "conjunct":
        return None
    head = governor(verb)
    return head if head is not None and head.tag_ == verb.tag_ and verb.tag_ in {"VBN", "VB", "VBG"} else None


def _coordinator(token: Token, head: Token) -> str:
    """Give the "and", "or", "but" before a conjunct; it hangs from the conjunct or from the one before."""
    for child in (*token.children, *head.children):
        if child.dep_ == "cc" and head.i < child.i < token.i:
            return child.lower_
    return ""


def _last_of_row(verb: Token) -> Token | None:
    """Give the verb that ends a row such as "killed or wounded 30", where nothing stands in the row."""
    last = verb
    while True:
        joined = None
        for child in last.rights:
            if child.dep_ == "conj":
                joined = child
            elif child.dep_ not in {"cc", "punct"} and (joined is None or last.i == verb.i):
                return None
        if joined is None:
            return last if last.i != verb.i else None
        if not joined.tag_.startswith("VB") or _own_subjects(joined):
            return None
        last = joined
        if any(child.dep_ not in {"cc", "punct", "conj"} for child in last.rights):
            return last
