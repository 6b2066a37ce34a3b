import pytest

from rag.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Доставка коштує 80 грн. Самовивіз безкоштовний.", ["Доставка коштує 80 грн.", "Самовивіз безкоштовний."]),
        (
            "Вартість 80 грн. за посилку до 2 кг. Далі дорожче.",
            ["Вартість 80 грн. за посилку до 2 кг.", "Далі дорожче."],
        ),
        ("Ми на вул. Хрещатик, 1, м. Київ. Чекаємо!", ["Ми на вул. Хрещатик, 1, м. Київ.", "Чекаємо!"]),
        ("Открыто с 9.00 до 18.00. В сб. до 15.00.", ["Открыто с 9.00 до 18.00.", "В сб. до 15.00."]),
        ("Запитайте О. Коваль. Вона допоможе.", ["Запитайте О. Коваль.", "Вона допоможе."]),
        ("Does it last? Yes! It does… really.", ["Does it last?", "Yes!", "It does… really."]),
        ("Filters, e.g. Brita, cost $9.50. We ship.", ["Filters, e.g. Brita, cost $9.50.", "We ship."]),
        ("Він сказав: «Беру.» І пішов.", ["Він сказав: «Беру.»", "І пішов."]),
        ("- перше\n- друге", ["- перше", "- друге"]),
        ("Гарантія 12 міс. Ремонт 14 дн. після заявки.", ["Гарантія 12 міс.", "Ремонт 14 дн. після заявки."]),
        ("Пишіть на info@firm.example. Телефон 0 800.", ["Пишіть на info@firm.example.", "Телефон 0 800."]),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_no_word_is_lost() -> None:
    text = "Раз. Два?! «Три…» (чотири.) 5. шість\nсім... вісім"
    assert " ".join(split_sentences(text)).split() == text.split()
