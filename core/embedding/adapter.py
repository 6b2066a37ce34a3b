"""The adapters that ship: what `benchmarks.adapter`, for search, and `benchmarks.marked_numbers` learned to change in
the packaged model, laid over its image."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.embedding.model_file import Layout, Numbers, Tensor

ADAPTER_FILE: Final = Path(__file__).with_name("adapter.npz")
NUMBERS_FILE: Final = Path(__file__).with_name("numbers.npz")
_SCALE: Final = ".scale"
_ABOUT: Final = ("model_sha256", "seed_sha256")


@dataclass(frozen=True, slots=True)
class Adapter:
    """Changes by the names of the model's tensors: added to plain numbers; relative ones of the scales of packed
    blocks. The four-bit weights themselves stay as they are."""

    model_sha256: str
    seed_sha256: str
    """Of what it was trained on."""
    changes: Mapping[str, Numbers]

    @classmethod
    def load(cls, file: Path = ADAPTER_FILE) -> "Adapter":
        """Raises OSError or ValueError for what is no adapter."""
        with np.load(file) as held:
            if missing := [name for name in _ABOUT if name not in held]:
                raise ValueError(f"{file} is no adapter: it has no {missing[0]}")
            names = [name for name in held.files if name not in _ABOUT and not name.endswith(_SCALE)]
            changes = {name: _unpack(held[name], held.get(name + _SCALE)) for name in names}
            return cls(str(held["model_sha256"]), str(held["seed_sha256"]), changes)

    def save(self, file: Path) -> None:
        packed: dict[str, Any] = {"model_sha256": self.model_sha256, "seed_sha256": self.seed_sha256}
        for name, change in self.changes.items():
            scale = float(np.abs(change).max()) / 127 or 1.0
            packed[name] = np.round(change / scale).astype(np.int8)
            packed[name + _SCALE] = np.float32(scale)
        np.savez_compressed(file, **packed)

    def lay_over(self, image: Any, layout: Layout) -> None:
        """Change the image in place. Raises ValueError when it is of another model."""
        for name, change in self.changes.items():
            tensor = layout.tensors.get(name)
            if tensor is None or change.size != _size(tensor):
                raise ValueError(f"the adapter is of another model: it does not fit {name}")
            numbers = tensor.view(image)
            if tensor.is_packed:
                numbers["scale"] = numbers["scale"].astype(np.float32) * (1.0 + change)
            else:
                numbers += change


def _size(tensor: Tensor) -> int:
    return tensor.blocks if tensor.is_packed else tensor.count


def _unpack(packed: Numbers, scale: Numbers | None) -> Numbers:
    return packed.astype(np.float32) * (1.0 if scale is None else float(scale))
