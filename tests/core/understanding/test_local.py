from dataclasses import replace

import pytest

from core.domain.channel_texts import ChannelTexts, Tap
from core.domain.messages import Attachment, AttachmentKind, InboundKind
from core.domain.turn import Turn, Understood
from core.embedding.cached import CachedEmbedder
from core.embedding.scripted import ScriptedEmbedder
from core.understanding.local import LocalUnderstanding, build_local_understanding
from tests.core.understanding.turns import message, turn


@pytest.fixture
def embedder() -> CachedEmbedder:
    return CachedEmbedder(inner=ScriptedEmbedder())


@pytest.fixture
def local(embedder: CachedEmbedder) -> LocalUnderstanding:
    return build_local_understanding(embedder)


def facts_of(understood: Understood) -> dict[str, object]:
    return {fact.name: fact.value for fact in understood.facts}


@pytest.mark.parametrize(
    ("said", "act"),
    [
        (turn("Дякую!!!"), "thanks"),
        (turn("ok"), "agree"),
        (turn("Приввііііт"), "greeting"),
        (turn("👍🏻👍🏻"), "agree"),
        (turn(message("/start@our_bot ad_7", kind=InboundKind.COMMAND, payload="ad_7")), "greeting"),
        (turn(message("/stop", kind=InboundKind.COMMAND)), "opt_out"),
        (turn(message("/nobody_knows", kind=InboundKind.COMMAND)), "other"),
        (turn(message("Купити", kind=InboundKind.BUTTON, payload="act:agree")), "agree"),
        (turn(message("Так", kind=InboundKind.BUTTON, payload="menu-1")), "agree"),
        (turn(message("Ціна", kind=InboundKind.BUTTON, payload="say:")), "ask_price"),
        (turn(message("", kind=InboundKind.FOLLOW_UP)), "other"),
        (turn("5", asked="quantity"), "state_need"),
        (turn("Оксана Петренко", asked="name"), "give_contact"),
        (turn("20 тисяч", asked="budget"), "state_budget"),
        (turn("067 000 11 22"), "give_contact"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.text,
)
async def test_what_needs_no_model_is_never_embedded(
    local: LocalUnderstanding, embedder: CachedEmbedder, said: Turn, act: str
) -> None:
    understood = await local.understand(said)
    assert (understood.act, understood.probability, understood.vector) == (act, 1.0, None)
    assert embedder.calls == 0


async def test_a_turn_of_several_messages_is_embedded_once_and_carries_its_vector(
    local: LocalUnderstanding, embedder: CachedEmbedder
) -> None:
    understood = await local.understand(turn("Добрий день", "чи є у вас доставка в село", "і скільки вона йде"))
    assert embedder.calls == 1
    assert understood.vector is not None
    assert understood.query == "чи є у вас доставка в село\nі скільки вона йде"


async def test_a_repeat_is_not_embedded_again(local: LocalUnderstanding, embedder: CachedEmbedder) -> None:
    for _ in range(2):
        await local.understand(turn("чи є у вас доставка в село"))
    assert (embedder.calls, embedder.hits) == (2, 1)


async def test_a_fact_points_at_the_very_characters_that_say_it(local: LocalUnderstanding) -> None:
    first, second = "Потрібно\u200b 25 мішків цементу", "мій номер 067 000 11 22"
    understood = await local.understand(turn(first, second))
    texts = {1: first, 2: second}
    said = {
        fact.name: texts[fact.witness.message_id][fact.witness.start : fact.witness.end] for fact in understood.facts
    }
    assert (said["quantity"], said["phone"]) == ("25", "067 000 11 22")


@pytest.mark.parametrize(
    ("messages", "fact", "value"),
    [
        (("хочу 5 стільців", "ой, не 5 а 7"), "quantity", 7),
        (("I need 5 chairs", "no, make it 7"), "quantity", 7),
        (("нужно 5 стульев", "точнее 7"), "quantity", 7),
        (("мій бюджет 5 тисяч", "ой, не 5 а 7"), "budget", {"amount": 7000, "currency": "UAH"}),
        (("доставка в Київ", "вибачте, не в Київ, а в Одесу"), "city", "Одеса"),
        (("мій телефон 067 000 11 22", "або краще 050 000 11 22"), "phone", "+380500001122"),
    ],
)
async def test_a_later_correction_wins(
    local: LocalUnderstanding, messages: tuple[str, ...], fact: str, value: object
) -> None:
    assert facts_of(await local.understand(turn(*messages)))[fact] == value


async def test_a_correction_reaches_back_to_an_earlier_turn(local: LocalUnderstanding) -> None:
    understood = await local.understand(turn("ой, не 5 а 7", known={"quantity": 5}))
    assert facts_of(understood)["quantity"] == 7


async def test_the_named_product_is_the_focus_and_a_fact_in_the_customers_language(local: LocalUnderstanding) -> None:
    understood = await local.understand(turn("скільки коштують стільці лофт?"))
    assert understood.sku == "CH-02"
    assert facts_of(understood)["product"] == "Стілець Лофт"


@pytest.mark.parametrize(("trusted", "phone"), [(True, "+380670001122"), (False, None)])
async def test_only_a_persons_own_contact_card_gives_their_phone(
    local: LocalUnderstanding, trusted: bool, phone: str | None
) -> None:
    card = Attachment(AttachmentKind.CONTACT, phone="380670001122", trusted=trusted)
    understood = await local.understand(turn(message("", kind=InboundKind.MEDIA, attachments=(card,))))
    assert facts_of(understood).get("phone") == phone
    assert (understood.act == "give_contact") is trusted


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Так. А скільки йде доставка у Львів?", {"agree"}),
        ("Дякую! Мій номер 067 000 11 22, передзвоніть мені", {"thanks", "give_contact", "ask_human"}),
        ("і не пишіть більше, і дані мої видаліть", {"opt_out", "erase_me"}),
    ],
)
async def test_a_text_that_does_several_things_has_several_acts(
    local: LocalUnderstanding, text: str, acts: set[str]
) -> None:
    assert acts <= set((await local.understand(turn(text))).acts)


@pytest.mark.parametrize(
    "text", ["x" * 10_000_000, "\u202e\u200b", "0" * 5_000, "не " * 3_000, "(((" * 2_000, "\ud83d"]
)
async def test_no_text_breaks_it_or_takes_long(local: LocalUnderstanding, text: str) -> None:
    assert (await local.understand(turn(text))).act


async def test_the_language_of_the_conversation_stays_for_a_word_that_tells_nothing(local: LocalUnderstanding) -> None:
    assert (await local.understand(turn("5", language="ru"))).language == "ru"
    assert (await local.understand(turn("5"))).language == "uk"


async def test_a_tapped_question_is_read_as_if_it_had_been_typed(local: LocalUnderstanding) -> None:
    words = "Скільки коштує доставка в село?"
    tapped = await local.understand(turn(message(words, kind=InboundKind.BUTTON, payload="say:")))
    typed = await local.understand(turn(words))
    assert (tapped.acts, tapped.language) == (typed.acts, typed.language)
    assert tapped.vector is not None


async def test_the_firms_own_commands_say_what_their_line_in_the_menu_says(local: LocalUnderstanding) -> None:
    taps = (
        Tap({"uk": "Стати партнером"}, act="ask_partnership", command="partner"),
        Tap({"uk": "Як працює доставка?"}, command="delivery"),
    )
    said = turn(message("/partner@our_bot", kind=InboundKind.COMMAND))
    firm = replace(said.firm, channel_texts=ChannelTexts(menu=taps))
    assert (await local.understand(replace(said, firm=firm))).acts == ("ask_partnership",)
    asked = replace(turn(message("/delivery", kind=InboundKind.COMMAND)), firm=firm)
    assert (await local.understand(asked)).query == "Як працює доставка?"
