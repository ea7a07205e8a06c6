"""Train the small pipeline that ships: spaCy's own components, on treebanks, own sentences and silver data.

Two networks: "main" (tagger and parser on one encoder) and "names" (ner on an encoder of its own, which finds
more than on a shared one). Then both are put together, and what only training needed is dropped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as spacy_train
from thinc.api import Config, NumpyOps, set_current_ops

WIDTH, DEPTH, HIDDEN = 96, 4, {"parser": 128, "ner": 64}
ROWS = {"NORM": 3000, "PREFIX": 500, "SUFFIX": 1500, "SHAPE": 800, "SPACY": 20, "IS_SPACE": 20}
"""Rows of the hash tables: most words are told by the static vectors, so the tables can be small."""


def encoder() -> dict[str, Any]:
    """The architecture of one encoder: hashed features and static vectors, then four convolutions."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": list(ROWS),
            "rows": list(ROWS.values()),
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def transitions(state: str, upstream: dict[str, Any]) -> dict[str, Any]:
    """The architecture of a transition system on an encoder."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": HIDDEN[state],
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": upstream,
    }


def components(network: str) -> dict[str, Any]:
    """The components of one network."""
    if network == "names":
        return {"ner": {"factory": "ner", "model": transitions("ner", encoder())}}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    return {
        "tok2vec": {"factory": "tok2vec", "model": encoder()},
        "tagger": {"factory": "tagger", "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}},
        "parser": {"factory": "parser", "model": transitions("parser", listener)},
    }


WEIGHTS = {
    "main": {"tag_acc": 0.2, "dep_las": 0.8, "dep_uas": 0.0, "sents_f": 0.0},
    "names": {"ents_f": 1.0},
}


def train(network: str, corpus: Path, out: Path, *, steps: int, rate: float = 0.002, seed: int = 1) -> None:
    """Train one network.

    Args:
        network: "main" or "names".
        corpus: the folder with ``NETWORK-train.spacy``, ``NETWORK-dev.spacy`` and the vectors.
        out: where the best model is written.
        steps: how many batches of about a thousand words.
        rate: the highest learning rate.
        seed: of initial weights, dropout and order.
    """
    # numpy's matrix product was two to three times faster than BLIS here; the weights are the same kind.
    set_current_ops(NumpyOps(use_blis=False))
    config = Config().from_disk(Path(__file__).parent / "config.cfg", interpolate=False)
    config["paths"].update(
        train=str(corpus / f"{network}-train.spacy"),
        dev=str(corpus / f"{network}-dev.spacy"),
        vectors=str(corpus / "vectors"),
    )
    config["system"]["seed"] = seed
    config["components"] = components(network)
    config["nlp"]["pipeline"] = list(config["components"])
    config["training"].update(max_steps=steps, score_weights=WEIGHTS[network])
    config["training"]["optimizer"]["learn_rate"]["initial_rate"] = rate
    nlp = init_nlp(config)
    out.mkdir(parents=True, exist_ok=True)
    spacy_train(nlp, out)
    (out / "done").touch()


def assemble(main: Path, names: Path, out: Path, meta: dict[str, Any]) -> Language:
    """Put the networks together, keep only the strings they need, round the weights, write."""
    nlp = spacy.load(main)
    nlp.add_pipe("ner", source=spacy.load(names))
    for _, component in nlp.components:
        for node in component.model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    # Half the digits of a weight are noise: without them the package packs smaller.
                    node.set_param(name, node.get_param(name).astype(np.float16).astype(np.float32))
    nlp.meta.update(meta)
    for path in nlp.config["paths"]:
        nlp.config["paths"][path] = None
    nlp.to_disk(out)
    needed = {label for _, c in nlp.components for label in getattr(c, "labels", ())}
    (out / "vocab" / "strings.json").write_text(json.dumps(sorted(needed | KEPT)), encoding="utf-8")
    return spacy.load(out)


KEPT = {"ROOT", "dep", "_SP", ""}
