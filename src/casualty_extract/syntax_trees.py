"""One tree for two schemes: governors, dependents and relations, whatever labels a parser writes.

UD (v2, as in English EWT) lets content words govern: prepositions, auxiliaries and copulas hang from
them. ClearNLP (`en_core_web_*`) puts the preposition over its noun and "be" over its predicate. Here
both are read the UD way, token by token, so that every question is asked once. `syntax` is the door.
"""

from __future__ import annotations

from typing import Literal, get_args

from spacy.tokens import Doc, Span, Token

__all__ = [
    "RELATION_NAMES",
    "Relation",
    "content",
    "dependents",
    "edges",
    "governor",
    "has_tree",
    "is_passive",
    "preposition",
    "relation",
]

Relation = Literal[
    "none",  # not parsed
    "root",
    "subject",
    "passive_subject",  # "[12 people] were killed", also of a reduced passive
    "object",
    "indirect_object",
    "agent",  # "killed by [troops]"
    "oblique",  # "died in [Mosul]", "died [Friday]": of a verb or predicate; see `preposition`
    "attached",  # "deaths in [Mosul]", "killing of [12]": of a noun or number; see `preposition`
    "possessor",  # "[its] strikes", "the [army]'s raid"
    "apposition",
    "conjunct",  # of the first conjunct (UD) or the one before (ClearNLP)
    "number",  # "[12] people"
    "modifier",  # "[armed] [militia] men", "[President] Diaz"
    "relative",  # "the soldier who was [killed]"
    "participle",  # "people [killed] in": a reduced relative or an infinitive on a noun
    "adverbial",  # ", [killing] nine", "after [killing] 12", "when it [exploded]"
    "complement",  # a clause that completes a verb or noun: "reports that 12 [died]"
    "speech",  # the same, of a verb of saying, and what a colon or a comma sets beside it
    "predicate",  # "left 12 [dead]", "remain [missing]"; behind "be" it is the head of its clause
    "parenthesis",  # ", police [said]" and whatever else stands beside a clause
    "adverb",
    "particle",  # "blew [up]"
    "name",  # the further words of a name: "Ali [Demir]" in UD
    "function",  # determiners, prepositions, auxiliaries, "be" before a predicate, "and", marks
    "other",
]
RELATION_NAMES: frozenset[str] = frozenset(get_args(Relation))

# Labels of both schemes. What a label alone does not tell, `_name` decides.
_LABELS: tuple[tuple[Relation, str], ...] = (
    ("root", "root ROOT"),
    ("subject", "nsubj nsubj:outer csubj csubj:outer"),
    ("passive_subject", "nsubj:pass nsubjpass csubj:pass csubjpass"),
    ("object", "obj dobj"),
    ("indirect_object", "iobj dative"),
    ("agent", "obl:agent agent"),
    ("oblique", "obl npadvmod"),
    ("attached", "nmod"),
    ("possessor", "nmod:poss poss"),
    ("apposition", "appos"),
    ("conjunct", "conj"),
    ("number", "nummod"),
    ("modifier", "amod compound nmod:desc nmod:unmarked nmod:npmod quantmod nounmod"),
    ("relative", "acl:relcl relcl"),
    ("participle", "acl"),
    ("adverbial", "advcl advcl:relcl"),
    ("complement", "ccomp xcomp pcomp"),
    ("predicate", "attr acomp oprd"),
    ("parenthesis", "parataxis"),
    ("adverb", "advmod neg discourse intj"),
    ("particle", "compound:prt prt"),
    ("name", "flat goeswith"),
    ("function", "det det:predet predet preconj cc cc:preconj case possessive mark fixed punct aux "
                 "aux:pass auxpass cop expl expl:pass prep"),
)  # fmt: skip
_BY_LABEL: dict[str, Relation] = {label: name for name, labels in _LABELS for label in labels.split()}
SUBJECTS = frozenset("nsubj nsubj:outer csubj csubj:outer nsubj:pass nsubjpass csubj:pass csubjpass".split())
PASSIVE = frozenset("nsubj:pass nsubjpass csubj:pass csubjpass aux:pass auxpass obl:agent agent".split())
OBJECTS = frozenset(("obj", "dobj"))
AUXILIARIES = frozenset("aux aux:pass auxpass cop".split())
BE = frozenset("is are was were be been being am 's ’s 're ’re 'm ’m get gets got getting".split())
COPULAS = BE - frozenset("get gets got getting".split())
HAVE = frozenset("has have had having 've ’ve 's ’s 'd ’d".split())
_PREPOSITIONAL = frozenset(("prep", "agent", "dative"))
_NOMINAL = frozenset("nsubj nsubjpass dobj pobj dative poss nsubj:pass obj iobj obl nmod".split())
# Verbs of saying, for the name of a relation alone; who speaks is asked of any verb.
SAYING = frozenset(
    f"{stem}{ending}"
    for stems, endings in (
        ("add report claim confirm announc stat admit acknowledg alleg assert assess insist declar warn "
         "explain estimat not recall repeat reiterat remark argu suggest reveal disclos comment conced "
         "mention maintain stress emphasis emphasiz", "ed e es s ing"),
    )
    for stem in stems.split()
    for ending in ["", *endings.split()]
) | frozenset(
    "said say says saying told tell tells telling wrote write writes writing deny denies denied denying "
    "tweeted tweets posted according quoted quoting quotes cited citing cites".split()
)  # fmt: skip


UNREAD = "unread"
"""The label by which the first token of a sentence that no parser read stands as its root.

spaCy tells sentences from trees as soon as a Doc holds one, also when it loads a saved Doc; a flat stand-in
keeps the sentences that were not parsed."""


def has_tree(tokens: Doc | Span | Token) -> bool:
    """Tell whether any token there was parsed; where none was, callers fall back to word order.

    >>> from spacy.lang.en import English
    >>> has_tree(Doc(English().vocab, words=["12", "died"]))
    False
    >>> has_tree(Doc(English().vocab, words=["12", "died"], heads=[1, 1], deps=["nsubj", "ROOT"]))
    True
    """
    if isinstance(tokens, Token):
        return tokens.dep != 0 and tokens.dep_ != UNREAD
    return any(has_tree(token) for token in tokens)


def governor(token: Token) -> Token | None:
    """Give the content word that a token depends on; None for a root and for what was not parsed.

    The governor of a preposition, an auxiliary or a copula is the word that it serves.

    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 died in Mosul".split(), tags=["CD", "VBD", "IN", "NNP"],
    ...           heads=[1, 1, 1, 2], deps=["nsubj", "ROOT", "prep", "pobj"])
    >>> governor(doc[3]), governor(doc[2])
    (died, Mosul)
    """
    return _climb(token)[0]


def relation(token: Token) -> Relation:
    """Name how a token stands to its governor, by one name for both schemes; see `Relation`.

    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 died in Mosul".split(), tags=["CD", "VBD", "IN", "NNP"],
    ...           heads=[1, 1, 3, 1], deps=["nsubj", "root", "case", "obl"])
    >>> [relation(token) for token in doc]
    ['subject', 'root', 'function', 'oblique']
    """
    if not token.dep:
        return "none"
    head, bearer = _climb(token)
    return "root" if head is None else _name(token, bearer, head)


def preposition(token: Token) -> str:
    """Give the preposition or conjunction that leads a token in, in small letters: "in", "according to".

    Empty where there is none. A genitive mark is none.

    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 died in Mosul".split(), tags=["CD", "VBD", "IN", "NNP"],
    ...           heads=[1, 1, 1, 2], deps=["nsubj", "ROOT", "prep", "pobj"])
    >>> preposition(doc[3])
    'in'
    """
    words: list[Token] = []
    for child in token.children:
        if child.dep_ in {"case", "mark"} and child.tag_ != "POS" and child.i < token.i:
            words.append(child)
            words.extend(part for part in child.children if part.dep_ == "fixed")
    if _below(token) is None:
        words.extend(above for above in _standing(token)[1:] if _is_preposition(above))
    return " ".join(word.lower_ for word in sorted(words, key=lambda word: word.i))


def dependents(token: Token, *names: Relation) -> tuple[Token, ...]:
    """Give the words that depend on a token by one of the relations named, in text order.

    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="its strikes killed 12".split(), tags=["PRP$", "NNS", "VBD", "CD"],
    ...           heads=[1, 2, 2, 2], deps=["poss", "nsubj", "ROOT", "dobj"])
    >>> dependents(doc[2], "subject", "object"), dependents(doc[1], "possessor")
    ((strikes, 12), (its,))
    """
    return tuple(child for child, bearer in edges(token) if _name(child, bearer, token) in names)


def is_passive(verb: Token) -> bool:
    """Tell whether a participle is used passively: "were killed", "12 killed in", "and 30 [injured]".

    A participle without an auxiliary shares that of the verb it is joined to. Participles before a
    noun ("wounded soldiers") are modifiers, and no passives.

    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 were killed".split(), tags=["CD", "VBD", "VBN"],
    ...           heads=[2, 2, 2], deps=["nsubj:pass", "aux:pass", "root"])
    >>> is_passive(doc[2])
    True
    """
    joined = verb
    while verb.dep:
        found = _own_voice(joined)
        if found is not None:
            return found
        head = governor(joined)
        if head is None or not head.tag_.startswith("VB"):
            return True
        if any(child.dep_ in SUBJECTS for child in joined.children):
            # "A blast hit the bus and 30 injured": a participle with a subject and no object.
            return True
        joined = head
    return False


def _own_voice(verb: Token) -> bool | None:
    """Tell what a verb's own words say; None where that is left to the verb it is joined to."""
    perfect = owned = complete = named = False
    for child in verb.children:
        label = child.dep_
        if label in PASSIVE:
            return True
        if label == "aux" and child.lower_ in HAVE:
            perfect = True
        elif label in AUXILIARIES and child.lower_ in BE:
            owned = True
        complete = complete or label in OBJECTS
        named = named or (label in SUBJECTS and child.tag_ in {"PRP", "WP", "WDT"})
    tag, label = verb.tag_, verb.dep_
    if tag == "VBD" and label == "acl":
        # A reduced relative that was taken for a past tense.
        return not complete and all(child.dep_ not in SUBJECTS for child in verb.children)
    if tag != "VBN" or label in {"amod", "compound", "case", "mark", "prep"} or verb.lower_ in BE | HAVE:
        return False
    if owned or any(above.lower_ in COPULAS for above in _standing(verb)[1:]):
        return True
    if perfect or complete or named:
        # "who killed", "they wounded": past tenses taken for participles.
        return False
    return None if label == "conj" else True


def content(token: Token) -> Token:
    """Give the word that a ClearNLP preposition or copula stands for; any other token stands for itself.

    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 died in Mosul".split(), tags=["CD", "VBD", "IN", "NNP"],
    ...           heads=[1, 1, 1, 2], deps=["nsubj", "ROOT", "prep", "pobj"])
    >>> content(doc[2])
    Mosul
    """
    below = _below(token)
    while below is not None:
        token, below = below, _below(below)
    return token


def _below_preposition(token: Token) -> Token | None:
    inner = None
    for child in token.children:
        if child.dep_ in {"pobj", "pcomp"}:
            return child
        if child.dep_ == "prep":
            # "according" > "to" > its noun.
            inner = child
    return inner


def _standing(token: Token) -> list[Token]:
    """List the tokens that stand for a content word in the parser's own tree, itself first, upwards."""
    found = [token]
    while True:
        last, head = found[-1], found[-1].head
        if head.i == last.i:
            return found
        below = _below(head)
        if below is None or below.i != last.i:
            return found
        found.append(head)


def _is_preposition(token: Token) -> bool:
    return token.dep_ in _PREPOSITIONAL or token.tag_ in {"IN", "TO"}


def _below(token: Token) -> Token | None:
    if _is_preposition(token):
        return _below_preposition(token)
    if token.lower_ not in COPULAS or token.dep_ in AUXILIARIES:
        return None
    predicate = place = None
    subject = False
    for child in token.children:
        label = child.dep_
        if label == "expl":
            return None
        subject = subject or label in SUBJECTS
        if label in {"attr", "acomp"} and predicate is None:
            predicate = child
        elif label == "prep" and (place is None or place.i < token.i) and _below_preposition(child):
            # "they were in Mosul on Monday": the first behind the verb, or the last before it.
            place = child
    if predicate is not None and (subject or place is None or place.i > token.i):
        return predicate
    # "Among the dead were four children."
    return place if place is not None and (subject or predicate is not None) else predicate


def _climb(token: Token) -> tuple[Token | None, Token]:
    """Give the governor, and the token whose label in the parser's own tree tells the relation."""
    if not token.dep:
        return None, token
    below = _below(token)
    if below is not None:
        return content(below), token
    bearer = _standing(token)[-1]
    head = bearer.head
    return (None if head.i == bearer.i else content(head)), bearer


def edges(token: Token) -> list[tuple[Token, Token]]:
    """List the dependents of a token in text order, each with the token that bears its label.

    >>> from spacy.lang.en import English
    >>> doc = Doc(English().vocab, words="12 died in Mosul".split(), tags=["CD", "VBD", "IN", "NNP"],
    ...           heads=[1, 1, 1, 2], deps=["nsubj", "ROOT", "prep", "pobj"])
    >>> edges(doc[1])
    [(12, 12), (Mosul, in)]
    """
    if not token.dep or _below(token) is not None:
        return []
    standing = _standing(token)
    if len(standing) == 1:
        return [(content(child), child) for child in token.children]
    own = {t.i for t in standing}
    found = [(content(child), child) for t in standing for child in t.children if child.i not in own]
    found.extend((t, t) for t in standing[1:])
    return sorted(found, key=lambda pair: pair[0].i)


def _name(token: Token, bearer: Token, head: Token) -> Relation:
    """Name the relation of a token to its governor, given the token that bears the label."""
    label = bearer.dep_
    if _below(token) is not None:
        return "function"
    name = _BY_LABEL.get(label) or _BY_LABEL.get(label.split(":")[0], "other")
    if bearer.i != token.i and label in {"prep", "dative"}:
        return _led(token, bearer, head)
    if name == "subject" and is_passive(head):
        return "passive_subject"
    if label == "nmod" and not preposition(token):
        return "modifier"
    if name == "oblique" and preposition(token) == "by" and is_passive(head):
        return "agent"
    if name == "participle" and any(child.dep_ in SUBJECTS for child, _ in edges(token)):
        # "reports that 12 died"
        name = "complement"
    if label == "attr" and bearer.head.lower_ in COPULAS:
        # "There were 12 deaths", "Among them were two boys": a predicate would be the head.
        return "subject"
    if name == "predicate" and token.tag_.startswith("VB"):
        name = "complement"
    if name == "complement":
        plain = not token.tag_.startswith(("VB", "MD")) and all(
            child.dep_ not in {"mark", "cop", "aux"} for child in token.children
        )
        if plain and bearer.i == token.i:
            return "predicate"
    if name in {"complement", "parenthesis"} and head.lower_ in SAYING and label not in {"acl"}:
        return "speech"
    return name


def _led(token: Token, bearer: Token, head: Token) -> Relation:
    """Name the relation of what a ClearNLP preposition leads in."""
    if token.dep_ == "pcomp" and token.tag_.startswith(("VB", "MD")):
        return "adverbial"
    if bearer.head.i != head.i:
        return "oblique" if bearer.head.lower_ in COPULAS else "attached"
    nominal = head.tag_.startswith(("NN", "CD", "PRP", "WP", "DT", "$")) or head.dep_ in _NOMINAL
    return "attached" if nominal else "oblique"
