from dataclasses import replace

import pytest

from core.domain.turn import Found, Hit, Passage
from rag.quote import LONGEST, quote
from rag.sentences import split_sentences

DELIVERY = (
    "Доставка по Україні коштує 120 грн. Замовлення від 3000 грн доставляємо безкоштовно. "
    "Доставка професійної машини коштує 900 грн. Самовивіз із шоуруму нічого не коштує. Посилку можна відстежити."
)


def found(*texts: str, score: float = 0.9, language: str = "uk", heading: str = "Доставка") -> Found:
    hits = [
        Hit(Passage(n, f"doc{n}.{language}.md", f"doc{n}", language, heading, text), score - n / 10)
        for n, text in enumerate(texts)
    ]
    return Found(tuple(hits), score >= 0.5, 0.5)


def test_the_sentence_that_answers_is_in_the_quotation_word_for_word() -> None:
    said = quote(found(DELIVERY), "скільки коштує доставка професійної машини", "uk", limit=2, whole=0)
    assert "Доставка професійної машини коштує 900 грн." in said.text
    assert said.sources == ("doc0.uk.md",)


@pytest.mark.parametrize("limit", [1, 2, 3, 9])
def test_only_whole_sentences_of_the_passage_are_said_and_no_more_than_asked(limit: int) -> None:
    said = split_sentences(quote(found(DELIVERY), "самовивіз", "uk", limit=limit, whole=0).text)
    assert len(said) == min(limit, 5)
    assert all(sentence in split_sentences(DELIVERY) for sentence in said)


def test_a_short_passage_is_quoted_whole() -> None:
    assert quote(found(DELIVERY), "самовивіз", "uk", limit=1).text == DELIVERY


def test_a_long_passage_is_quoted_by_its_best_sentences() -> None:
    said = quote(found(f"{DELIVERY} {'Слово до слова. ' * 20}"), "самовивіз", "uk", limit=1)
    assert said.text == "Самовивіз із шоуруму нічого не коштує."


def close(*sentences: float) -> Found:
    hit = found(DELIVERY).hits[0]
    return Found((replace(hit, sentences=sentences),), True, 0.5)


def test_of_a_long_passage_the_sentence_is_quoted_that_means_what_is_asked() -> None:
    said = quote(close(0.0, 0.0, 0.0, 0.0, 9.0), "де вона зараз їде?", "uk", limit=1, whole=0)
    assert said.text == "Посилку можна відстежити."


def test_closeness_of_sentences_that_were_cut_otherwise_counts_nothing() -> None:
    said = quote(close(0.0, 9.0), "самовивіз", "uk", limit=1, whole=0)
    assert said.text == "Самовивіз із шоуруму нічого не коштує."


def test_long_passages_give_their_best_sentences_and_the_same_is_not_said_twice() -> None:
    long = f"{DELIVERY} {'Слово до слова. ' * 18}"
    hits = [
        replace(hit, passage=replace(hit.passage, text=f"{long}{place}."))
        for place, hit in enumerate(near(0.50, 0.48).hits)
    ]
    said = quote(replace(near(0.50, 0.48), hits=tuple(hits)), "самовивіз", "uk")
    assert len(said.text) <= LONGEST
    assert said.text.count("Самовивіз") == 1


def test_neighbours_stay_together_in_their_order() -> None:
    assert quote(found(DELIVERY), "безкоштовно", "uk", limit=2, whole=0).text in DELIVERY


def test_a_question_of_time_prefers_a_sentence_with_a_time() -> None:
    text = "Посилки везе перевізник. Він обирає дорогу сам. Дорога триває 1–3 робочі дні. Коробка міцна."
    assert "1–3 робочі дні" in quote(found(text), "коли я її отримаю?", "uk", limit=1, whole=0).text


def test_below_the_cutoff_nothing_is_said() -> None:
    assert quote(found(DELIVERY, score=0.3), "доставка", "uk") == ("", ())
    assert quote(Found(), "доставка", "uk") == ("", ())


def test_a_hit_in_the_customers_language_is_preferred() -> None:
    both = Found(
        (
            Hit(Passage(1, "a.en.md", "a", "en", "", "It costs 120."), 0.9),
            Hit(Passage(2, "b.uk.md", "b", "uk", "", "Коштує 120."), 0.8),
        ),
        True,
        0.5,
    )
    assert quote(both, "ціна", "uk").sources == ("b.uk.md",)
    assert quote(both, "цена", "ru").sources == ("a.en.md",)


def test_a_list_is_quoted_with_the_line_that_announces_it() -> None:
    text = "Вітаємо.\n\nПриймаємо оплату:\n- карткою\n- готівкою\n\nДякуємо."
    assert (
        quote(found(text), "чи можна карткою", "uk", limit=1, whole=0).text
        == "Приймаємо оплату:\n- карткою\n- готівкою"
    )


def test_a_long_list_is_quoted_by_the_item() -> None:
    items = "\n".join(f"- пункт {n} " + "слово " * 8 + "кінець." for n in range(9))
    said = quote(found(f"Умови:\n{items}"), "пункт 7", "uk", limit=1).text
    assert said.startswith("- пункт 7")
    assert "\n" not in said


def test_paragraphs_and_lines_keep_their_breaks() -> None:
    assert quote(found("Один.\n\nДва.\n- три\n- чотири"), "два", "uk", limit=4).text == "Один.\n\nДва.\n- три\n- чотири"


def test_a_heading_that_names_what_the_sentences_only_mean_stands_first() -> None:
    heading = "Кавомолки › Brila Home для дому"
    assert quote(found("Компактна й тиха.", heading=heading), "brila", "uk").text == (
        "Brila Home для дому\nКомпактна й тиха."
    )
    assert quote(found("Brila Home тиха.", heading=heading), "brila", "uk").text == "Brila Home тиха."


def near(*worth: float) -> Found:
    texts = ("Гарантія триває 24 місяці. Чек зберігайте.", "Ремонт безкоштовний. Він триває тиждень. Телефонуйте.")
    passages = [Passage(n, f"doc{n}.uk.md", f"doc{n}", "uk", "", text) for n, text in enumerate(texts)]
    return Found(tuple(Hit(passage, 0.9 - n / 2, worth=worth[n]) for n, passage in enumerate(passages)), True, 0.5)


def test_a_passage_nearly_as_close_as_the_best_is_quoted_after_it() -> None:
    said = quote(near(0.50, 0.48), "скільки триває гарантія", "uk")
    assert said.text.startswith("Гарантія триває 24 місяці.")
    assert "триває тиждень" in said.text
    assert said.sources == ("doc0.uk.md", "doc1.uk.md")


def test_a_passage_clearly_behind_the_best_is_left_out() -> None:
    assert quote(near(0.50, 0.36), "скільки триває гарантія", "uk").sources == ("doc0.uk.md",)
