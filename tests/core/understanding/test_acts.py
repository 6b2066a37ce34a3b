import pytest

from core.understanding.acts import choose_acts, known_acts


@pytest.mark.parametrize(
    ("chances", "acts", "first"),
    [
        ({"ask_price": 0.7, "greeting": 0.1}, ("ask_price",), "ask_price"),
        ({"greeting": 0.5, "ask_price": 0.4}, ("greeting", "ask_price"), "ask_price"),
        ({"ask_price": 0.25, "ask_terms": 0.2}, ("ask_price",), "ask_price"),
        ({"ask_price": 0.1, "ask_terms": 0.09}, ("other",), "other"),
        ({"other": 0.8, "smalltalk": 0.1}, ("other",), "other"),
    ],
)
def test_likely_acts_hold_and_the_first_is_chosen_by_precedence(
    chances: dict[str, float], acts: tuple[str, ...], first: str
) -> None:
    chosen = choose_acts(chances)
    assert (chosen.acts, chosen.first) == (acts, first)
    assert chosen.probability == (chances.get(first) or max(chances.values()))


@pytest.mark.parametrize("act", ["opt_out", "erase_me", "ask_human", "ask_bot_identity"])
def test_a_guarded_act_is_not_believed_on_a_guess(act: str) -> None:
    assert choose_acts({act: 0.45, "ask_terms": 0.35}).acts == ("ask_terms",)
    assert choose_acts({act: 0.45, "ask_terms": 0.35}, worded=[act]).first == act
    assert choose_acts({act: 0.8}).first == act


def test_a_proved_act_holds_beside_the_likely_ones() -> None:
    chosen = choose_acts({"ask_terms": 0.9}, proved=["give_contact"])
    assert set(chosen.acts) == {"ask_terms", "give_contact"}
    assert chosen.first == "ask_terms"


def test_certain_acts_are_certain_and_nothing_said_is_other() -> None:
    assert known_acts(["thanks", "agree"]).first == "agree"
    assert known_acts([]).first == "other"
    assert known_acts(["thanks"]).probability == 1.0
