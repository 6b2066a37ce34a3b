from dataclasses import replace

import pytest

from rag.calibrate import CALIBRATION, UNMEASURED, Evidence

NEAR = Evidence(worth=1.8, lead=0.1, near=0.8, unknown=0.0, language="uk")
FAR = replace(NEAR, near=0.68)


def test_what_lies_near_is_an_answer_and_what_lies_far_is_not_even_shown() -> None:
    assert CALIBRATION.score(NEAR) >= CALIBRATION.cutoff
    assert CALIBRATION.score(FAR) < CALIBRATION.floor


def test_what_surely_says_what_is_wanted_is_shown_however_far_its_words_lie() -> None:
    score = CALIBRATION.score(replace(FAR, here=0.9, wanted=0.9))
    assert CALIBRATION.floor <= score < CALIBRATION.cutoff


def test_a_hit_behind_the_best_one_is_worth_less_than_it() -> None:
    assert CALIBRATION.score(replace(NEAR, lead=-0.05)) < CALIBRATION.score(NEAR)


def test_letters_that_are_no_words_are_no_question_however_near_they_fall() -> None:
    assert CALIBRATION.score(replace(NEAR, near=0.78, unknown=1.0)) < CALIBRATION.cutoff


def test_without_vectors_words_alone_can_still_answer() -> None:
    words = Evidence(worth=0.5, lead=0.1, near=0.0, unknown=0.0, language="uk")
    assert CALIBRATION.score(words) < CALIBRATION.floor
    assert UNMEASURED.score(words) >= UNMEASURED.cutoff


def test_sentences_and_centred_vectors_do_not_go_together() -> None:
    with pytest.raises(ValueError, match="plain cosines"):
        replace(CALIBRATION, is_centred=True)
