"""The example firm's pages keep to what its policies say, and say the same in each language."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from core.domain.amounts import find_amounts
from core.domain.vocabulary import LANGUAGES
from core.ports import Document
from core.strategy.firm_folder import load_firm

LOADED = load_firm(Path(__file__).parents[3] / "examples" / "kavomir")
PAGES = {document.source: document for document in LOADED.documents}
POLICIES = {language: "\n".join(policy.text[language] for policy in LOADED.firm.policies) for language in LANGUAGES}


def by_topic() -> dict[str, dict[str, Document]]:
    topics: dict[str, dict[str, Document]] = defaultdict(dict)
    for document in LOADED.documents:
        topics[document.topic][document.language] = document
    return topics


def sums(text: str) -> set[tuple[str, str | None]]:
    return {(str(amount.value), amount.currency) for amount in find_amounts(text)}


def shares(text: str) -> set[str]:
    return set(re.findall(r"\d+(?=\s?%)", text))


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def test_there_are_enough_topics_and_each_speaks_every_language() -> None:
    topics = by_topic()
    assert len(topics) >= 14
    assert {topic for topic, pages in topics.items() if set(pages) != set(LANGUAGES)} == set()


@pytest.mark.parametrize("source", PAGES)
def test_a_page_is_short_and_has_headings(source: str) -> None:
    text = PAGES[source].text
    assert 120 <= len(text.split()) <= 250
    assert text.startswith("# ")
    assert text.count("\n## ") >= 3


@pytest.mark.parametrize("source", PAGES)
def test_a_page_names_no_sum_and_no_discount_that_is_not_a_policy(source: str) -> None:
    page = PAGES[source]
    policies = POLICIES[page.language]
    assert sums(page.text) <= sums(policies)
    assert shares(page.text) <= shares(policies)


@pytest.mark.parametrize("topic", sorted(by_topic()))
def test_a_topic_gives_the_same_numbers_in_each_language(topic: str) -> None:
    uk, ru, en = (numbers(by_topic()[topic][language].text) for language in LANGUAGES)
    assert uk == ru == en


def test_the_policies_give_the_same_numbers_in_each_language() -> None:
    for policy in LOADED.firm.policies:
        uk, ru, en = (numbers(policy.text[language]) for language in LANGUAGES)
        assert uk == ru == en, policy.id


def test_one_price_is_past_its_date_and_others_hold_in_2027() -> None:
    dates = [product.valid_until for product in LOADED.firm.products if product.valid_until]
    assert sum(date.year < 2026 for date in dates) == 1
    assert sum(date.year == 2027 for date in dates) > 10


def test_pages_name_products_as_the_price_list_does() -> None:
    names = " ".join(product.name("en") for product in LOADED.firm.products)
    text = " ".join(page.text for page in PAGES.values() if page.language == "en")
    for name in ("Vento Home", "Vento Latte", "Lumera 20", "Lumera 50", "Arko Uno", "Brila Pro 83", "Aqua L", "Klaro"):
        assert name in names
        assert name in text
