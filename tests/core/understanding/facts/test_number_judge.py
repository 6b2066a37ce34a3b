"""Two heads on one number: which word counts when."""

import numpy as np
import pytest

from core.domain.turn import Vector
from core.understanding.facts.marked_head import MarkedHead
from core.understanding.facts.number_features import NumberFeatures
from core.understanding.facts.number_head import KINDS, NumberHead
from core.understanding.facts.number_judge import TrainedNumberJudge

FEATURES = NumberFeatures((1, 2), (3,))
MARKED = " [12]  лавок"
SURELY: dict[str, Vector] = {kind: tuple(8.0 * (kind == each) for each in KINDS) for kind in KINDS}


@pytest.fixture(scope="module")
def words() -> NumberHead:
    return NumberHead.load()


def judge(words: NumberHead, kind: str) -> TrainedNumberJudge:
    marked = MarkedHead("any", "any", np.eye(3, dtype=np.float32), np.zeros(3, dtype=np.float32))
    return TrainedNumberJudge(words, marked, {MARKED: SURELY[kind]})


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_vector_surely_says_counts_more_than_the_words(words: NumberHead, kind: str) -> None:
    chances = judge(words, kind).predict(FEATURES, "other", MARKED)
    assert max(chances, key=chances.__getitem__) == kind
    assert sum(chances.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("marked", ["another number", ""])
def test_a_number_without_a_vector_is_judged_by_its_words(words: NumberHead, marked: str) -> None:
    assert judge(words, "budget").predict(FEATURES, "other", marked) == words.predict(FEATURES, "other")


def test_without_a_head_for_vectors_the_words_tell(words: NumberHead) -> None:
    alone = TrainedNumberJudge(words, None, {MARKED: SURELY["budget"]})
    assert alone.predict(FEATURES, "other", MARKED) == words.predict(FEATURES, "other")
