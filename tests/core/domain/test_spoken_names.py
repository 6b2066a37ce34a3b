import pytest

from core.domain.spoken_names import spell


@pytest.mark.parametrize(
    ("name", "heard"),
    [("lumera", "лумера"), ("vento", "венто"), ("brila", "бріла"), ("brila", "брила"), ("duo", "дуо"), ("max", "макс")],
)
def test_a_brand_is_written_as_it_sounds(name: str, heard: str) -> None:
    assert heard in spell(name)


@pytest.mark.parametrize("name", ["m", "20", "x1", "сантос", "m-2", ""])
def test_what_is_no_latin_word_has_no_other_spelling(name: str) -> None:
    assert spell(name) == set()


def test_a_name_full_of_doubtful_letters_stays_one_spelling() -> None:
    assert len(spell("independence")) == 1
