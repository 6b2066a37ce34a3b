import pytest

from core.domain.vocabulary import ACTS
from core.understanding.phrases import find_known_acts, find_known_sentences, read_phrases

PHRASES = read_phrases()


def test_every_phrase_stands_for_an_act_of_the_vocabulary() -> None:
    assert set(PHRASES.values()) <= set(ACTS)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("/stop", ("opt_out",)),
        ("Стоп!", ("opt_out",)),
        ("дякую", ("thanks",)),
        ("да", ("agree",)),
        ("OK", ("agree",)),
        ("так", ("agree",)),
        ("+", ("agree",)),
        ("Привіт)))", ("greeting",)),
        ("спасибооооо", ("thanks",)),
        ("👍🏽", ("agree",)),
        ("Добрий день! Дякую.", ("greeting", "thanks")),
        ("?", ("other",)),
        ("Добрий день, скільки йде доставка", None),
        ("стоп, а ціна яка за два", None),
        ("", None),
    ],
)
def test_a_text_of_known_phrases_alone_needs_no_model(text: str, acts: tuple[str, ...] | None) -> None:
    assert find_known_acts(text, PHRASES) == acts


def test_a_known_sentence_before_another_is_heard() -> None:
    assert find_known_sentences("Так. А скільки йде доставка?", PHRASES) == ("agree",)
    assert find_known_sentences("Так, а скільки йде доставка?", PHRASES) == ()
