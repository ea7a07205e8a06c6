"""Questions of grammar get the same answers from UD trees and from ClearNLP trees."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Token

from casualty_extract import syntax
from trees import SCHEMES, Scheme, chain, token, tree, unparsed

TREES = {
    "passive": """
        Twelve CD 2 nummod
        farmers NNS 4 nsubj:pass = nsubjpass
        were VBD 4 aux:pass = auxpass
        killed VBN 0 root
        by IN 6 case 4 agent
        gunmen NNS 4 obl:agent 5 pobj
        in IN 8 case 4 prep
        Arda NNP 4 obl 7 pobj
        . . 4 punct""",
    "elided": """
        At IN 2 case = advmod
        least JJS 3 obl = advmod
        12 CD 5 nsubj:pass = nsubjpass
        were VBD 5 aux:pass = auxpass
        killed VBN 0 root
        and CC 8 cc 5 =
        30 CD 8 nsubj = nsubj
        injured VBN 5 conj
        . . 5 punct""",
    "shared auxiliary": """
        Four CD 2 nummod
        miners NNS 4 nsubj:pass = nsubjpass
        were VBD 4 aux:pass = auxpass
        shot VBN 0 root
        and CC 6 cc 4 =
        died VBD 4 conj""",
    "row of verbs": """
        Nine CD 2 nummod
        men NNS 5 nsubj:pass = nsubjpass
        were VBD 5 aux:pass = auxpass
        not RB 5 advmod = neg
        killed VBN 0 root
        or CC 7 cc 5 =
        wounded VBN 5 conj
        by IN 9 case 7 agent
        troops NNS 7 obl:agent 8 pobj""",
    "active row": """
        A DT 2 det
        bomb NN 3 nsubj
        killed VBD 0 root
        12 CD 3 obj = dobj
        and CC 6 cc 3 =
        wounded VBD 3 conj
        30 CD 6 obj = dobj""",
    "right node": """
        Shells NNS 2 nsubj
        killed VBD 0 root
        or CC 4 cc 2 =
        wounded VBD 2 conj
        40 CD 6 nummod
        villagers NNS 4 obj = dobj""",
    "perfect": """
        Raids NNS 3 nsubj
        have VBP 3 aux
        killed VBN 0 root
        12 CD 3 obj = dobj
        and CC 6 cc 3 =
        wounded VBN 3 conj
        30 CD 6 obj = dobj""",
    "bomber": """
        The DT 2 det
        bomber NN 3 nsubj
        struck VBD 0 root
        a DT 5 det
        cafe NN 3 obj = dobj
        , , 7 punct 3 =
        killing VBG 3 advcl
        himself PRP 7 obj = dobj
        and CC 10 cc 7 =
        injuring VBG 7 conj
        nine CD 10 obj = dobj""",
    "reduced": """
        Police NNS 2 nsubj
        counted VBD 0 root
        17 CD 4 nummod
        people NNS 2 obj = dobj
        killed VBN 4 acl
        in IN 8 case 5 prep
        the DT 8 det
        blast NN 5 obl 6 pobj
        by IN 10 case 5 agent
        militants NNS 5 obl:agent 9 pobj""",
    "relative": """
        The DT 2 det
        soldier NN 8 nsubj
        who WP 5 nsubj:pass = nsubjpass
        was VBD 5 aux:pass = auxpass
        shot VBN 2 acl:relcl = relcl
        on IN 7 case 5 prep
        Monday NNP 5 obl 6 pobj
        died VBD 0 root
        there RB 8 advmod""",
    "object relative": """
        Relatives NNS 2 nsubj
        buried VBD 0 root
        the DT 4 det
        men NNS 2 obj = dobj
        whom WP 7 obj = dobj
        rebels NNS 7 nsubj
        executed VBD 4 acl:relcl = relcl""",
    "bare relative": """
        The DT 2 det
        nurses NNS 5 nsubj
        he PRP 4 nsubj
        stabbed VBD 2 acl:relcl = relcl
        survived VBD 0 root""",
    "nominal": """
        Villagers NNS 2 nsubj
        condemned VBD 0 root
        the DT 4 det
        army NN 6 nmod:poss = poss
        's POS 4 case
        killing NN 2 obj = dobj
        of IN 9 case 6 prep
        12 CD 9 nummod
        people NNS 6 nmod 7 pobj
        in IN 11 case 6 prep
        Belm NNP 6 nmod 10 pobj""",
    "number rose": """
        The DT 2 det
        number NN 5 nsubj
        of IN 4 case 2 prep
        dead JJ 2 nmod 3 pobj
        rose VBD 0 root
        to IN 7 case 5 prep
        45 CD 5 obl 6 pobj""",
    "toll rose": """
        The DT 3 det
        death NN 3 compound
        toll NN 4 nsubj
        rose VBD 0 root
        , , 6 punct 4 =
        reaching VBG 4 advcl
        118 CD 6 obj = dobj""",
    "bringing": """
        Two CD 2 nummod
        patients NNS 3 nsubj
        died VBD 0 root
        Friday NNP 3 obl:unmarked = npadvmod
        , , 6 punct 3 =
        bringing VBG 3 advcl
        the DT 8 det
        toll NN 6 obj = dobj
        to IN 10 case 6 prep
        118 CD 6 obl 9 pobj""",
    "mayor": """
        The DT 2 det
        mayor NN 7 nsubj
        , , 4 punct 2 =
        Ali NNP 2 appos 5 compound
        Demir NNP 4 flat 2 appos
        , , 4 punct 2 =
        told VBD 0 root
        Reuters NNP 7 obj = dobj
        that IN 12 mark
        six CD 11 nummod
        children NNS 12 nsubj
        drowned VBD 7 ccomp""",
    "inverted": """
        Both DT 2 det
        pilots NNS 3 nsubj
        died VBD 6 ccomp
        , , 6 punct
        " '' 6 punct
        said VBD 0 root
        Omar NNP 6 nsubj 8 compound
        Karim NNP 7 flat 6 nsubj""",
    "tail": """
        Six CD 2 nummod
        hikers NNS 3 nsubj
        died VBD 0 root 6 ccomp
        , , 6 punct =  =
        police NNS 6 nsubj
        said VBD 3 parataxis 0 ROOT""",
    "beside": """
        Six CD 2 nummod
        hikers NNS 6 nsubj
        , , 5 punct 4 =
        police NNS 5 nsubj
        said VBD 6 parataxis
        died VBD 0 root""",
    "who said": """
        A DT 2 det
        witness NN 7 nsubj
        who WP 4 nsubj
        said VBD 2 acl:relcl = relcl
        three CD 6 nsubj
        died VBD 4 ccomp
        fled VBD 0 root""",
    "according": """
        Five CD 2 nummod
        sailors NNS 3 nsubj
        drowned VBD 0 root
        , , 8 punct 3 =
        according VBG 8 case 3 prep
        to IN 5 fixed = prep
        the DT 8 det
        coastguard NN 3 obl 6 pobj""",
    "as police said": """
        As IN 3 mark
        police NNS 3 nsubj
        said VBD 7 advcl
        , , 7 punct
        three CD 6 nummod
        boys NNS 7 nsubj
        drowned VBD 0 root""",
    "told by": """
        Reporters NNS 3 nsubj:pass = nsubjpass
        were VBD 3 aux:pass = auxpass
        told VBN 0 root
        by IN 6 case 3 agent
        the DT 6 det
        governor NN 3 obl:agent 4 pobj
        that IN 9 mark
        two CD 9 nsubj
        died VBD 3 ccomp""",
    "strikes": """
        The DT 2 det
        coalition NN 3 nsubj
        denied VBD 0 root
        that IN 9 mark
        its PRP$ 6 nmod:poss = poss
        strikes NNS 9 nsubj
        had VBD 9 aux
        not RB 9 advmod = neg
        harmed VBN 3 ccomp
        civilians NNS 9 obj = dobj""",
    "negation": """
        The DT 2 det
        crash NN 5 nsubj
        did VBD 5 aux
        not RB 5 advmod = neg
        kill VB 0 root
        anyone NN 5 obj = dobj
        but CC 8 cc 5 =
        injured VBD 5 conj
        six CD 8 obj = dobj
        without IN 11 mark 8 prep
        damaging VBG 8 advcl 10 pcomp
        houses NNS 11 obj = dobj""",
    "not but": """
        The DT 2 det
        guards NNS 5 nsubj:pass = nsubjpass
        were VBD 5 aux:pass = auxpass
        not RB 5 advmod = neg
        killed VBN 0 root
        but CC 7 cc 5 =
        wounded VBN 5 conj""",
    "left dead": """
        The DT 2 det
        blast NN 3 nsubj
        left VBD 0 root
        12 CD 3 obj 5 nsubj
        dead JJ 3 xcomp 3 ccomp
        in IN 7 case 3 prep
        Arda NNP 3 obl 6 pobj""",
    "claimed lives": """
        Floods NNS 2 nsubj
        claimed VBD 0 root
        the DT 4 det
        lives NNS 2 obj = dobj
        of IN 7 case 4 prep
        40 CD 7 nummod
        farmers NNS 4 nmod 5 pobj""",
    "three of": """
        Three CD 6 nsubj
        of IN 5 case 1 prep
        the DT 5 det
        14 CD 5 nummod
        wounded JJ 1 nmod 2 pobj
        died VBD 0 root""",
    "hundreds": """
        Tens NNS 6 nsubj
        of IN 3 case 1 prep
        thousands NNS 1 nmod 2 pobj
        of IN 5 case 3 prep
        families NNS 3 nmod 4 pobj
        fled VBD 0 root
        and CC 11 cc 6 =
        two CD 9 compound
        hundred CD 10 nummod
        homes NNS 11 nsubj
        burned VBD 6 conj""",
    "among the dead": """
        Among IN 3 case 4 prep
        the DT 3 det 3 =
        dead JJ 0 root 1 pobj
        were VBD 3 cop 0 ROOT
        four CD 6 nummod
        children NNS 3 nsubj 4 nsubj""",
    "were dead": """
        Medics NNS 2 nsubj
        said VBD 0 root
        12 CD 5 nsubj 4 nsubj
        were VBD 5 cop 2 ccomp
        dead JJ 2 ccomp 4 acomp
        in IN 7 case 4 prep
        Arda NNP 5 obl 6 pobj
        on IN 9 case 4 prep
        Friday NNP 5 obl 8 pobj""",
    "there were": """
        There EX 2 expl
        were VBD 0 root
        12 CD 4 nummod
        deaths NNS 2 nsubj = attr
        in IN 6 case 2 prep
        Arda NNP 2 obl 5 pobj""",
    "reported": """
        Two CD 2 nummod
        divers NNS 4 nsubj:pass = nsubjpass
        are VBP 4 aux:pass = auxpass
        reported VBN 0 root
        missing JJ 4 xcomp 4 oprd
        after IN 7 mark 4 prep
        searching VBG 4 advcl 6 pcomp
        a DT 9 det
        wreck NN 7 obj = dobj""",
    "reports that": """
        The DT 2 det
        army NN 3 nsubj
        rejected VBD 0 root
        reports NNS 3 obj = dobj
        that IN 9 mark
        30 CD 7 nummod
        refugees NNS 9 nsubj:pass = nsubjpass
        were VBD 9 aux:pass = auxpass
        shot VBN 4 acl""",
    "coordinated nouns": """
        Two CD 2 nummod
        men NNS 10 nsubj:pass = nsubjpass
        , , 5 punct 2 =
        three CD 5 nummod
        women NNS 2 conj
        and CC 8 cc 5 =
        a DT 8 det
        boy NN 2 conj 5 =
        were VBD 10 aux:pass = auxpass
        hurt VBN 0 root
        in IN 12 case 10 prep
        Arda NNP 10 obl 11 pobj
        and CC 15 cc 11 =
        in IN 15 case 11 conj
        Belm NNP 12 conj 14 pobj""",
    "phrase": """
        Officials NNS 12 nsubj
        from IN 5 case 1 prep
        the DT 5 det
        interior NN 5 compound
        ministry NN 1 nmod 2 pobj
        , , 10 punct 1 =
        which WDT 10 nsubj
        has VBZ 10 aux
        long RB 10 advmod
        warned VBN 5 acl:relcl = relcl
        , , 10 punct 1 =
        counted VBD 0 root
        12 CD 15 nummod
        charred JJ 15 amod
        bodies NNS 12 obj = dobj
        ( -LRB- 19 punct 15 =
        three CD 19 nummod
        small JJ 19 amod
        children NNS 15 appos
        ) -RRB- 19 punct 15 =
        . . 12 punct""",
    "to kill": """
        Two CD 2 nummod
        men NNS 3 nsubj
        tried VBD 0 root
        to TO 5 mark = aux
        kill VB 3 xcomp
        a DT 7 det
        judge NN 5 obj = dobj""",
    "forced": """
        Gunmen NNS 2 nsubj
        forced VBD 0 root
        300 CD 4 nummod
        families NNS 2 obj = dobj
        to TO 6 mark = aux
        flee VB 2 xcomp""",
    "raid by": """
        A DT 2 det
        raid NN 5 nsubj
        by IN 4 case 2 prep
        commandos NNS 2 nmod 3 pobj
        killed VBD 0 root
        two CD 5 obj = dobj""",
    "quoted": """
        Doctors NNS 3 nsubj:pass = nsubjpass
        were VBD 3 aux:pass = auxpass
        quoted VBN 0 root
        as IN 5 mark 3 prep
        saying VBG 3 advcl 4 pcomp
        nine CD 7 nsubj
        died VBD 5 ccomp""",
    "including": """
        Shelling NN 2 nsubj
        killed VBD 0 root
        20 CD 4 nummod
        people NNS 2 obj = dobj
        , , 8 punct 4 =
        including VBG 8 case 4 prep
        two CD 8 nummod
        girls NNS 4 nmod 6 pobj""",
    "predicate noun": """
        Four CD 5 nsubj 4 nsubj
        of IN 3 case 1 prep
        them PRP 1 nmod 2 pobj
        were VBD 5 cop 0 ROOT
        children NNS 0 root 4 attr""",
}

# Tree, question, word asked of, answer.
ROWS: list[tuple[str, str, str, Any]] = [
    ("passive", "passive_subjects", "killed", ["farmers"]),
    ("passive", "subjects", "killed", []),
    ("passive", "agents", "killed", ["gunmen"]),
    ("passive", "auxiliaries", "killed", ["were"]),
    ("passive", "is_passive", "killed", True),
    ("passive", "is_negated", "killed", False),
    ("passive", "governor", "Arda", "killed"),
    ("passive", "governor", "in", "Arda"),
    ("passive", "governor", "killed", None),
    ("passive", "relation", "killed", "root"),
    ("passive", "relation", "farmers", "passive_subject"),
    ("passive", "relation", "Twelve", "number"),
    ("passive", "relation", "gunmen", "agent"),
    ("passive", "relation", "Arda", "oblique"),
    ("passive", "relation", "in", "function"),
    ("passive", "relation", "were", "function"),
    ("passive", "preposition", "Arda", "in"),
    ("passive", "preposition", "gunmen", "by"),
    ("passive", "preposition", "farmers", ""),
    ("passive", "number_of", "farmers", ["Twelve"]),
    ("passive", "counted_by", "Twelve", "farmers"),
    ("passive", "head_of_role", "Twelve", "farmers"),
    ("passive", "clause_of", "Twelve", "killed"),
    ("passive", "clause_of", "in", "killed"),
    ("elided", "passive_subjects", "killed", ["12"]),
    ("elided", "passive_subjects", "injured", ["30"]),
    ("elided", "subjects", "injured", []),
    ("elided", "relation", "30", "passive_subject"),
    ("elided", "is_passive", "injured", True),
    ("elided", "auxiliaries", "injured", ["were"]),
    ("elided", "counted_by", "30", None),
    ("elided", "phrase", "12", "At least 12"),
    ("elided", "clause_of", "30", "injured"),
    ("elided", "conjuncts", "injured", ["killed", "injured"]),
    ("shared auxiliary", "subjects", "died", ["miners"]),
    ("shared auxiliary", "passive_subjects", "died", []),
    ("shared auxiliary", "is_passive", "died", False),
    ("shared auxiliary", "auxiliaries", "died", []),
    ("row of verbs", "passive_subjects", "wounded", ["men"]),
    ("row of verbs", "agents", "killed", ["troops"]),
    ("row of verbs", "agents", "wounded", ["troops"]),
    ("row of verbs", "is_negated", "killed", True),
    ("row of verbs", "is_negated", "wounded", True),
    ("active row", "subjects", "killed", ["bomb"]),
    ("active row", "subjects", "wounded", ["bomb"]),
    ("active row", "objects", "killed", ["12"]),
    ("active row", "objects", "wounded", ["30"]),
    ("active row", "passive_subjects", "wounded", []),
    ("active row", "relation", "wounded", "conjunct"),
    ("active row", "relation", "30", "object"),
    ("right node", "objects", "killed", ["villagers"]),
    ("right node", "objects", "wounded", ["villagers"]),
    ("perfect", "is_passive", "wounded", False),
    ("perfect", "subjects", "wounded", ["Raids"]),
    ("perfect", "auxiliaries", "wounded", ["have"]),
    ("bomber", "subjects", "killing", ["bomber"]),
    ("bomber", "subjects", "injuring", ["bomber"]),
    ("bomber", "objects", "injuring", ["nine"]),
    ("bomber", "relation", "killing", "adverbial"),
    ("bomber", "clause_of", "nine", "injuring"),
    ("reduced", "passive_subjects", "killed", ["people"]),
    ("reduced", "subjects", "killed", []),
    ("reduced", "agents", "killed", ["militants"]),
    ("reduced", "relation", "killed", "participle"),
    ("reduced", "objects", "counted", ["people"]),
    ("reduced", "phrase", "people", "17 people"),
    ("reduced", "phrase whole", "people", "17 people killed in the blast by militants"),
    ("relative", "passive_subjects", "shot", ["soldier"]),
    ("relative", "subjects", "died", ["soldier"]),
    ("relative", "antecedent", "who", "soldier"),
    ("relative", "relation", "shot", "relative"),
    ("relative", "relation", "who", "passive_subject"),
    ("relative", "phrase", "soldier", "The soldier"),
    ("relative", "relation", "there", "adverb"),
    ("object relative", "objects", "executed", ["men"]),
    ("object relative", "subjects", "executed", ["rebels"]),
    ("bare relative", "objects", "stabbed", ["nurses"]),
    ("bare relative", "subjects", "survived", ["nurses"]),
    ("nominal", "objects", "killing", ["people"]),
    ("nominal", "possessors", "killing", ["army"]),
    ("nominal", "relation", "army", "possessor"),
    ("nominal", "relation", "people", "attached"),
    ("nominal", "preposition", "people", "of"),
    ("nominal", "preposition", "army", ""),
    ("nominal", "phrase", "army", "the army"),
    ("nominal", "phrase", "people", "12 people"),
    ("nominal", "phrase", "killing", "the army 's killing of 12 people in Belm"),
    ("number rose", "objects", "number", ["dead"]),
    ("number rose", "counted_by", "number", "dead"),
    ("number rose", "relation", "45", "oblique"),
    ("number rose", "preposition", "45", "to"),
    ("number rose", "governor", "45", "rose"),
    ("number rose", "subjects", "rose", ["number"]),
    ("number rose", "counted_by", "45", None),
    ("toll rose", "modifiers", "toll", ["death"]),
    ("toll rose", "subjects", "reaching", ["toll"]),
    ("toll rose", "objects", "reaching", ["118"]),
    ("bringing", "subjects", "bringing", ["patients"]),
    ("bringing", "objects", "bringing", ["toll"]),
    ("bringing", "relation", "118", "oblique"),
    ("bringing", "relation", "Friday", "oblique"),
    ("bringing", "preposition", "Friday", ""),
    ("mayor", "speaker", "told", "mayor"),
    ("mayor", "said", "told", ["drowned"]),
    ("mayor", "objects", "told", ["Reuters"]),
    ("mayor", "complements", "told", ["drowned"]),
    ("mayor", "relation", "drowned", "speech"),
    ("mayor", "phrase of appositions", "mayor", "Ali Demir"),
    ("mayor", "phrase", "mayor", "The mayor"),
    ("inverted", "speaker phrase", "said", "Omar Karim"),
    ("inverted", "said", "said", ["died"]),
    ("tail", "speaker", "said", "police"),
    ("tail", "said", "said", ["died"]),
    ("tail", "subjects", "died", ["hikers"]),
    ("beside", "speaker", "said", "police"),
    ("beside", "said", "said", ["died"]),
    ("beside", "relation", "said", "parenthesis"),
    ("beside", "clause_of", "police", "said"),
    ("who said", "speaker", "said", "witness"),
    ("who said", "said", "said", ["died"]),
    ("according", "speaker", "according", "coastguard"),
    ("according", "said", "according", ["drowned"]),
    ("according", "preposition", "coastguard", "according to"),
    ("according", "governor", "coastguard", "drowned"),
    ("according", "governor", "according", "coastguard"),
    ("according", "relation", "to", "function"),
    ("as police said", "said", "said", ["drowned"]),
    ("as police said", "speaker", "said", "police"),
    ("told by", "speaker", "told", "governor"),
    ("told by", "said", "told", ["died"]),
    ("strikes", "possessors", "strikes", ["its"]),
    ("strikes", "is_negated", "harmed", True),
    ("strikes", "is_negated", "denied", False),
    ("strikes", "governor", "harmed", "denied"),
    ("strikes", "relation", "harmed", "speech"),
    ("strikes", "auxiliaries", "harmed", ["had"]),
    ("strikes", "is_passive", "harmed", False),
    ("negation", "is_negated", "kill", True),
    ("negation", "is_negated", "injured", False),
    ("negation", "is_negated", "damaging", True),
    ("negation", "subjects", "injured", ["crash"]),
    ("negation", "subjects", "damaging", ["crash"]),
    ("negation", "relation", "damaging", "adverbial"),
    ("not but", "is_negated", "killed", True),
    ("not but", "is_negated", "wounded", False),
    ("not but", "passive_subjects", "wounded", ["guards"]),
    ("left dead", "objects", "left", ["12"]),
    ("left dead", "complements", "left", ["dead"]),
    ("left dead", "relation", "dead", "predicate"),
    ("left dead", "subjects", "dead", ["12"]),
    ("claimed lives", "objects", "claimed", ["lives"]),
    ("claimed lives", "objects", "lives", ["farmers"]),
    ("claimed lives", "phrase", "lives", "the lives of 40 farmers"),
    ("three of", "counted_by", "Three", "wounded"),
    ("three of", "number_of", "wounded", ["14"]),
    ("three of", "counted_by", "14", "wounded"),
    ("three of", "subjects", "died", ["Three"]),
    ("three of", "relation", "wounded", "attached"),
    ("hundreds", "counted_by", "Tens", "families"),
    ("hundreds", "number_of", "families", ["Tens"]),
    ("hundreds", "head_of_role", "families", "Tens"),
    ("hundreds", "counted_by", "two", "homes"),
    ("hundreds", "number_of", "homes", ["hundred"]),
    ("among the dead", "subjects", "dead", ["children"]),
    ("among the dead", "governor", "children", "dead"),
    ("among the dead", "preposition", "dead", "among"),
    ("among the dead", "clause_of", "four", "dead"),
    ("among the dead", "relation", "were", "function"),
    ("among the dead", "auxiliaries", "dead", ["were"]),
    ("were dead", "subjects", "dead", ["12"]),
    ("were dead", "relation", "dead", "speech"),
    ("were dead", "governor", "dead", "said"),
    ("were dead", "governor", "Arda", "dead"),
    ("were dead", "relation", "Arda", "oblique"),
    ("were dead", "said", "said", ["dead"]),
    ("were dead", "is_passive", "dead", False),
    ("were dead", "phrase", "dead", "dead"),
    ("were dead", "preposition", "Friday", "on"),
    ("there were", "subjects", "were", ["deaths"]),
    ("there were", "relation", "deaths", "subject"),
    ("there were", "clause_of", "Arda", "were"),
    ("reported", "passive_subjects", "reported", ["divers"]),
    ("reported", "complements", "reported", ["missing"]),
    ("reported", "subjects", "missing", ["divers"]),
    ("reported", "relation", "missing", "predicate"),
    ("reported", "subjects", "searching", ["divers"]),
    ("reported", "preposition", "searching", "after"),
    ("reports that", "said", "reports", ["shot"]),
    ("reports that", "relation", "shot", "complement"),
    ("reports that", "passive_subjects", "shot", ["refugees"]),
    ("coordinated nouns", "conjuncts", "women", ["men", "women", "boy"]),
    ("coordinated nouns", "conjuncts", "Arda", ["Arda", "Belm"]),
    ("coordinated nouns", "head_of_role", "boy", "men"),
    ("coordinated nouns", "head_of_role", "three", "men"),
    ("coordinated nouns", "relation", "Belm", "conjunct"),
    ("coordinated nouns", "phrase", "men", "Two men"),
    ("coordinated nouns", "phrase whole", "men", "Two men , three women and a boy"),
    ("phrase", "phrase", "Officials", "Officials from the interior ministry"),
    ("phrase", "phrase", "ministry", "the interior ministry"),
    ("phrase", "phrase", "bodies", "12 charred bodies"),
    ("phrase", "phrase whole", "bodies", "12 charred bodies ( three small children"),
    ("phrase", "modifiers", "bodies", ["charred"]),
    ("phrase", "subjects", "warned", ["ministry"]),
    ("to kill", "subjects", "kill", ["men"]),
    ("to kill", "relation", "kill", "complement"),
    ("to kill", "auxiliaries", "kill", []),
    ("to kill", "complements", "tried", ["kill"]),
    ("forced", "subjects", "flee", ["families"]),
    ("raid by", "agents", "raid", ["commandos"]),
    ("raid by", "relation", "commandos", "attached"),
    ("quoted", "speaker", "saying", "Doctors"),
    ("quoted", "speaker", "quoted", None),
    ("quoted", "said", "saying", ["died"]),
    ("including", "phrase", "people", "20 people"),
    ("including", "phrase", "girls", "two girls"),
    ("including", "phrase whole", "people", "20 people , including two girls"),
    ("including", "preposition", "girls", "including"),
    ("including", "relation", "girls", "attached"),
    ("predicate noun", "subjects", "children", ["Four"]),
    ("predicate noun", "clause_of", "them", "children"),
    ("predicate noun", "phrase", "children", "children"),
    ("predicate noun", "counted_by", "Four", "them"),
]


def answer(question: str, asked: Token) -> Any:
    """Ask a question of a token, and give the answer in words."""
    if question == "phrase whole":
        return syntax.phrase(asked, whole=True).text
    if question == "phrase of appositions":
        return " ".join(syntax.phrase(t).text for t in syntax.appositions(asked))
    if question == "speaker phrase":
        found = syntax.speaker(asked)
        return found and syntax.phrase(found).text
    given = getattr(syntax, question)(asked)
    if isinstance(given, tuple):
        return [t.text for t in given]
    if isinstance(given, bool | str) or given is None:
        return given.lower() if question == "preposition" else given
    return given.text


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("name", "question", "word", "expected"), ROWS)
def test_both_schemes_give_the_same_answer(
    name: str, question: str, word: str, expected: Any, scheme: Scheme
) -> None:
    """Each question has one answer, whichever scheme the tree is written in."""
    doc = tree(TREES[name], scheme)
    assert answer(question, token(doc, word)) == expected


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", TREES)
def test_relations_are_of_the_closed_set(name: str, scheme: Scheme) -> None:
    """Every token has a named relation, and every governor leads up to the root."""
    doc = tree(TREES[name], scheme)
    roots = [t for t in doc if syntax.relation(t) == "root"]
    assert {syntax.relation(t) for t in doc} <= syntax.RELATION_NAMES - {"none", "other"}
    assert len(roots) == 1
    assert all(syntax.path(t, roots[0]) is not None for t in doc)


# Tree, two words, the steps between them, the word at the top.
PATHS = [
    ("passive", "Twelve", "Arda", ["<number", "<passive_subject", ">oblique"], "killed"),
    ("passive", "killed", "gunmen", [">agent"], "killed"),
    ("elided", "30", "12", ["<passive_subject", "<conjunct", ">passive_subject"], "killed"),
    ("were dead", "12", "Medics", ["<subject", "<speech", ">subject"], "said"),
    ("claimed lives", "40", "claimed", ["<number", "<attached", "<object"], "claimed"),
    ("relative", "soldier", "soldier", [], "soldier"),
    ("among the dead", "four", "dead", ["<number", "<subject"], "dead"),
]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("name", "a", "b", "steps", "top"), PATHS)
def test_paths(name: str, a: str, b: str, steps: list[str], top: str, scheme: Scheme) -> None:
    """The way between two words is told by relations, and as long as it has steps."""
    doc = tree(TREES[name], scheme)
    found = syntax.path(token(doc, a), token(doc, b))
    assert found is not None
    assert (list(found.steps), found.top.text) == (steps, top)
    assert len(found.tokens) == len(steps) + 1
    assert syntax.distance(token(doc, a), token(doc, b)) == len(steps)


EMPTY = {
    "subjects": (), "passive_subjects": (), "agents": (), "objects": (), "complements": (), "said": (),
    "auxiliaries": (), "appositions": (), "modifiers": (), "possessors": (), "number_of": (),
    "is_negated": False, "is_passive": False, "governor": None, "speaker": None, "counted_by": None,
    "clause_of": None, "antecedent": None, "relation": "none", "preposition": "",
}  # fmt: skip


@pytest.mark.parametrize(("question", "nothing"), EMPTY.items())
def test_what_was_not_parsed_has_no_answers(question: str, nothing: Any) -> None:
    """A Doc without a tree gives empty answers to every question, also where tags are known."""
    doc = unparsed("12 people were killed in Arda , police said .")
    for t, tag in zip(doc, "CD NNS VBD VBN IN NNP , NNS VBD .".split(), strict=True):
        t.tag_ = tag
    assert [getattr(syntax, question)(t) for t in doc] == [nothing] * len(doc)


def test_an_unparsed_token_stands_for_itself() -> None:
    """What was not parsed is its own phrase, its own coordination and at no distance from another."""
    doc = unparsed("12 people died")
    assert syntax.phrase(doc[1]).text == "people"
    assert syntax.conjuncts(doc[1]) == (doc[1],)
    assert syntax.head_of_role(doc[0]) == doc[0]
    assert syntax.path(doc[0], doc[2]) is None
    assert syntax.distance(doc[0], doc[2]) is None


def test_has_tree_tells_the_parsed_parts_of_a_doc() -> None:
    """Of a Doc parsed in part, the parsed part alone has a tree."""
    doc = tree(TREES["shared auxiliary"], "UD")
    words = [t.text for t in doc] + ["More", "later"]
    half = Doc(
        doc.vocab,
        words=words,
        heads=[*(t.head.i for t in doc), 6, 7],
        deps=[*(t.dep_ for t in doc), "", ""],
        sent_starts=[i in {0, 6, 7} for i in range(len(words))],
    )
    assert syntax.has_tree(half)
    assert syntax.has_tree(half[0:6])
    assert syntax.has_tree(half[0])
    assert not syntax.has_tree(half[6:8])
    assert not syntax.has_tree(half[7])
    assert syntax.path(half[0], half[7]) is None


def test_gapped_clause() -> None:
    """ "500 wounded" without a verb of its own: UD hangs the participle from its subject as an orphan."""
    table = """
        Over IN 2 advmod
        300 CD 4 nsubj:pass
        are VBP 4 aux:pass
        reported VBN 0 root
        dead JJ 4 xcomp
        and CC 7 cc
        500 CD 4 conj
        wounded VBN 7 orphan"""
    doc = tree(table, "UD")
    assert syntax.passive_subjects(doc[7]) == (doc[6],)


def test_speaker_taken_for_an_object() -> None:
    """A speaker behind the verb is found though the parser took it for the object."""
    table = """
        Twelve CD 2 nsubj
        died VBD 4 ccomp
        , , 4 punct
        said VBD 0 root
        Karim NNP 4 obj = dobj"""
    for scheme in SCHEMES:
        doc = tree(table, scheme)
        assert syntax.speaker(doc[3]) == doc[4]


def test_inverted_subject_taken_for_a_predicate() -> None:
    """Behind "Among the dead were", the noun is the subject though ClearNLP's parser took it for "attr"."""
    doc = tree(TREES["among the dead"].replace("4 nsubj", "4 attr"), "ClearNLP")
    assert syntax.subjects(doc[2]) == (doc[5],)
    assert syntax.relation(doc[5]) == "subject"


def test_past_tense_taken_for_a_participle() -> None:
    """A participle without an auxiliary is active behind "who"; a noun before it makes it a headline."""
    after = {"who": ("WP", False), "they": ("PRP", False), "men": ("NNS", True)}
    for word, (tag, passive) in after.items():
        for scheme in SCHEMES:
            doc = tree(f"{word} {tag} 2 nsubj\nkilled VBN 0 root", scheme)
            assert syntax.is_passive(doc[1]) is passive


def test_reduced_relative_taken_for_a_past_tense() -> None:
    """The label of a reduced relative is believed before its tag."""
    doc = tree("12 CD 2 nummod\npeople NNS 0 root\nkilled VBD 2 acl\nnearby RB 3 advmod", "UD")
    assert syntax.passive_subjects(doc[2]) == (doc[1],)


QUESTIONS = [q for q in syntax.__all__ if q[0].islower() and q not in {"dependents", "path", "distance"}]


@pytest.mark.parametrize(
    ("label", "tag"),
    [("conj", "VBN"), ("conj", "VBD"), ("xcomp", "VB"), ("advcl", "VBG"), ("prep", "IN"), ("pobj", "IN"),
     ("nummod", "CD"), ("acl:relcl", "VBN"), ("nsubj", "NN"), ("ccomp", "VBD"), ("conj", "IN")],
)  # fmt: skip
@pytest.mark.parametrize("leftwards", [False, True])
def test_the_deepest_trees_are_walked(label: str, tag: str, leftwards: bool) -> None:
    """A chain as deep as the longest sentence ends every walk, from both of its ends."""
    doc = chain(400, label, tag, leftwards=leftwards)
    for question in QUESTIONS:
        for t in (doc[0], doc[200], doc[399]):
            getattr(syntax, question)(t)
    assert syntax.path(doc[0], doc[399]) is not None


VOCAB = spacy.blank("en").vocab
LABELS = """nsubj nsubj:pass nsubjpass obj dobj obl obl:agent nmod nmod:poss nummod prep pobj pcomp agent dative
    attr acomp oprd xcomp ccomp advcl acl acl:relcl relcl appos conj cc parataxis aux aux:pass auxpass cop mark
    case fixed expl orphan punct dep""".split()
WORDS = "killed were was is 12 of by in hundreds who that said not and according to without people".split()
TAGS = "VBN VBD VBG VB NNS CD IN TO WP CC JJ RB".split()
NODE = st.tuples(
    st.integers(0, 99), st.sampled_from(LABELS), st.sampled_from(WORDS), st.sampled_from(TAGS), st.booleans()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(NODE, min_size=1, max_size=14))
def test_any_tree_is_walked(nodes: list[tuple[int, str, str, str, bool]]) -> None:
    """Trees that no parser should write end every walk too, and all governors lead to the root."""
    # Those in front of the root hang from what follows them, the others from what precedes them.
    root = sum(left for *_, left in nodes[:-1])
    heads = [
        i if i == root else i + 1 + nodes[i][0] % (root - i) if i < root else root + nodes[i][0] % (i - root)
        for i in range(len(nodes))
    ]
    doc = Doc(
        VOCAB,
        words=[word for _, _, word, _, _ in nodes],
        tags=[tag for _, _, _, tag, _ in nodes],
        heads=heads,
        deps=["root" if heads[i] == i else node[1] for i, node in enumerate(nodes)],
    )
    top = {t.i for t in doc if syntax.governor(t) is None}
    assert len(top) == 1
    for t in doc:
        for question in QUESTIONS:
            getattr(syntax, question)(t)
        up = syntax.path(t, doc[top.copy().pop()])
        assert up is not None
        assert up.top.i in top
        found = syntax.phrase(t)
        assert found.start <= t.i < found.end
