import pytest

from bots.accepted import preferred


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("uk-UA,uk;q=0.9,en;q=0.5", "uk"),
        ("de, en;q=0.5, uk;q=0.7", "uk"),
        ("EN-us", "en"),
        ("ru", "en"),
        ("", "en"),
        ("*", "en"),
        ("uk;q=nonsense, en;q=0.1", "en"),
        ("uk;q=0.5, en;q=0.5", "uk"),
    ],
)
def test_the_browsers_favourite_that_we_speak_is_chosen(accepted: str, language: str) -> None:
    assert preferred(accepted, ("en", "uk"), "en") == language
