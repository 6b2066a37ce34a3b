from datetime import timedelta
from pathlib import Path

import pytest

from core.domain.situation import Situation
from core.errors import InvalidFirm
from core.strategy.load import load_playbook, parse_playbook

GOOD = """\
version: "7"
audience: buyers
stages: [opening, closing, won, lost]
moves:
  - id: greet
    stage: opening
    goal: Say hello.
    asks: need
    when: turns == 0
    next: [confirm]
    templates:
      uk: ["Вітаю! Що шукаєте?"]
      ru: ["Здравствуйте! Что ищете?"]
      en: ["Hello! What are you looking for?"]
  - id: answer
    stage: opening
    goal: Answer.
    templates: {uk: "{answer}", ru: "{answer}", en: "{answer}"}
  - id: confirm
    stage: won
    goal: Confirm.
    when: known.phone
    templates:
      uk: ["{name}, дякую!", "Дякую!"]
      ru: ["Спасибо!"]
      en: ["Thank you!"]
objections:
  - act: object_price
    answers: {uk: "Розумію.", ru: "Понимаю.", en: "I understand."}
followups:
  - after: 1d 12h
    when: not known.phone
    move: greet
handoff:
  - reason: cannot_help
    when: stuck >= 2
phrases:
  thanks: {uk: "Прошу!", ru: "Не за что!", en: "You're welcome!"}
"""


def situation(**changes: object) -> Situation:
    values: dict[str, object] = {
        "stage": "opening",
        "acts": frozenset(),
        "known": frozenset(),
        "done": frozenset(),
        "role": "buyer",
        "channel": "webchat",
        "language": "uk",
        "turns": 0,
        "stuck": 0,
        "on_duty": True,
    }
    return Situation(**(values | changes))  # type: ignore[arg-type]


def broken(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, new, 1)


def test_a_playbook_file_becomes_a_playbook(tmp_path: Path) -> None:
    path = tmp_path / "buyers.yaml"
    path.write_text(GOOD, encoding="utf-8")
    playbook = load_playbook(path)
    assert (playbook.version, playbook.audience) == ("7", "buyers")
    assert [move.id for move in playbook.moves] == ["greet", "answer", "confirm"]
    greet, answer, confirm = playbook.moves
    assert (greet.asks, greet.next) == ("need", ("confirm",))
    assert answer.templates == {"uk": ("{answer}",), "ru": ("{answer}",), "en": ("{answer}",)}
    assert confirm.templates["uk"] == ("{name}, дякую!", "Дякую!")
    assert not confirm.is_open(situation())
    assert confirm.is_open(situation(known=frozenset({"phone"})))
    assert playbook.followups[0].after == timedelta(hours=36)
    assert playbook.handoff[0].when(situation(stuck=2))
    objection = playbook.find_objection("object_price")
    assert objection is not None
    assert objection.answers["en"] == ("I understand.",)


def test_own_phrases_replace_the_built_in_ones_and_the_rest_stays() -> None:
    phrases = parse_playbook(GOOD, file="buyers.yaml").phrases
    assert phrases["thanks"]["uk"] == ("Прошу!",)
    assert phrases["no_answer"]["uk"]


def test_the_digest_follows_the_text() -> None:
    first = parse_playbook(GOOD, file="a.yaml")
    assert first.digest == parse_playbook(GOOD, file="b.yaml").digest
    assert first.digest != parse_playbook(GOOD + "# note\n", file="a.yaml").digest


def test_only_the_firms_languages_are_needed() -> None:
    text = broken('      en: ["Hello! What are you looking for?"]\n', "")
    assert parse_playbook(text, file="buyers.yaml", languages=("uk", "ru"))
    with pytest.raises(InvalidFirm, match="no text in en"):
        parse_playbook(text, file="buyers.yaml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidFirm, match=r"nowhere\.yaml: the file cannot be read.*\n.*how to mend: check"):
        load_playbook(tmp_path / "nowhere.yaml")


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "buyers.yaml"
    path.write_bytes(GOOD.encode("cp1251", errors="replace"))
    with pytest.raises(InvalidFirm) as caught:
        load_playbook(path)
    assert caught.value.where == f"{path}:12"
    assert "UTF-8" in caught.value.hint


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "buyers.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_playbook(path).version == "7"


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "hint"),
    [
        ("version:", "versoin:", 1, "unknown key 'versoin'", "did you mean 'version'"),
        ("audience: buyers", "audience: buyer", 2, "unknown audience 'buyer'", "did you mean 'buyers'"),
        ("audience: buyers", "audience:", 2, "audience of the playbook is empty", "add a line"),
        ("opening, closing, won, lost]", "opening, closing, won]", 3, "lack lost", "add lost"),
        ("closing, won", "Closing, won", 3, "'Closing' is no short name", "small Latin letters"),
        ("closing, won", "won, won", 3, "stage 'won' stands twice", "delete one"),
        ("id: greet", "id: answer", 15, "move 'answer' stands twice, first on line 5", "rename"),
        ("stage: opening", "stage: openning", 6, "unknown stage 'openning'", "did you mean 'opening'"),
        ("    goal: Say hello.\n", "", 5, "move 'greet' has no goal", "add a line `goal: ...`"),
        ("asks: need", "asks: fone", 8, "asks an unknown fact 'fone'", "phone"),
        ("when: turns == 0", "when: known.fone", 9, "known.fone: there is no 'fone'", "did you mean 'phone'"),
        ("when: turns == 0", "when: turns", 9, "turns is a number", "compare it"),
        ("when: turns == 0", "when: [answered]", 9, "when of move 'greet' must be one text", "quotes"),
        ("next: [confirm]", "next: [confrm, confirm]", 10, "unknown move 'confrm'", "did you mean 'confirm'"),
        ("next: [confirm]", "next: []", 19, "no way leads to move 'confirm'", "name it in `next`"),
        ('uk: ["Вітаю! Що шукаєте?"]', "uk: []", 5, "move 'greet' has no text in uk", "each language"),
        ('en: ["Hello!', 'eng: ["Hello!', 14, "unknown language 'eng'", "did you mean 'en'"),
        ("Вітаю! Що шукаєте?", "Вітаю! {nmae}, що шукаєте?", 12, "unknown placeholder {nmae}", "did you mean 'name'"),
        ("Вітаю! Що шукаєте?", "{name.__class__}", 12, "unknown placeholder {name.__class__}", "allowed"),
        ("Вітаю! Що шукаєте?", "Вітаю {name!", 12, "a brace in move 'greet' has no partner", "{name}"),
        ("Вітаю! Що шукаєте?", "Як ви? Що шукаєте?", 12, "more than one question", "ask one"),
        ("Вітаю! Що шукаєте?", "Так" * 201, 12, "has 603 characters, more than 600", "shorten it"),
        ("Вітаю! Що шукаєте?", "Кава по 450 грн!", 12, "amount written into it: '450 грн'", "price list"),
        ("Вітаю! Що шукаєте?", "Знижка 10%!", 12, "amount written into it: '10%'", "price list"),
        ("Hello! What are you", "Only $5! What are you", 14, "amount written into it: '5'", "policy"),
        ("Вітаю! Що шукаєте?", "Лише двісті гривень!", 12, "amount written into it: 'двісті гривень'", "policy"),
        ("Здравствуйте!", "Всего 3,5 тыс. рублей!", 13, "amount written into it: '3,5 тыс. рублей'", "policy"),
        ('"{name}, дякую!", "Дякую!"', '"{name}, дякую!"', 24, "no text in 'uk' that can always be", "without {name}"),
        ("- id: answer", "- id: reply", 4, "no move 'answer'", "{answer}"),
        ("stage: won", "stage: closing", 4, "no move stands in stage won", "confirms the sale"),
        ("act: object_price", "act: object_prize", 28, "unknown act 'object_prize'", "did you mean 'object_price'"),
        ("act: object_price", "act: agree", 28, "agree is no objection", "object_price"),
        ("after: 1d 12h", "after: soon", 31, "'soon' is no length of time", "20h"),
        ("after: 1d 12h", "after: 0h", 31, "'0h' is no length of time", "20h"),
        ("move: greet", "move: nudge", 33, "follow-up makes an unknown move 'nudge'", "greet"),
        ("reason: cannot_help", "reason: Не знаю", 35, "is no short name", "Latin"),
        ("when: stuck >= 2", "when:", 36, "when of the hand-off rule is empty", "add a line"),
        ("when: stuck >= 2", "when: import os", 36, "cannot be read", "a guard is made of"),
        ("thanks:", "thankyou:", 38, "unknown phrase 'thankyou'", "thanks"),
        (
            'thanks: {uk: "Прошу!", ru: "Не за что!", en: "You\'re welcome!"}',
            'bot_identity: {uk: "Я бот.", ru: "Я бот.", en: "I am Olena."}',
            38,
            "does not say that an automated assistant",
            "automated assistant",
        ),
        (
            "when: turns == 0",
            "when: turns == 0\n    when: answered",
            10,
            "'when' stands twice, first on line 9",
            "keep one",
        ),
        ("goal: Say hello.", "goal: !!python/name:os.system x", 7, "tag", "plain texts"),
        ("goal: Say hello.", "goal: [Say: hello", 8, "not valid YAML", "quotes"),
        ("goal: Say hello.", "? [a, b]\n    : c\n    goal: Say hello.", 7, "a key must be a word", "quotes"),
        ('["Hello! What are you looking for?"]', "\n        - Hello: what?", 15, "must be one text", "quotes"),
        ("followups:\n", "followups: x\nfollow: \n", 30, "must be a list", "begin each item"),
    ],
)
def test_a_slip_is_told_with_its_line_and_how_to_mend_it(old: str, new: str, line: int, what: str, hint: str) -> None:
    with pytest.raises(InvalidFirm) as caught:
        parse_playbook(broken(old, new), file="buyers.yaml")
    message = str(caught.value)
    told = [part for part in message.split("buyers.yaml:") if part.startswith(f"{line}:") and what in part]
    assert told, message
    assert "how to mend:" in told[0]
    assert hint in told[0]


def test_all_slips_of_a_file_are_told_together() -> None:
    text = GOOD.replace("asks: need", "asks: fone").replace("stuck >= 2", "stuk >= 2").replace("[confirm]", "[confrm]")
    with pytest.raises(InvalidFirm) as caught:
        parse_playbook(text, file="buyers.yaml")
    message = str(caught.value)
    for expected in ("4 problems", "buyers.yaml:8:", "buyers.yaml:10:", "buyers.yaml:19:", "buyers.yaml:36:"):
        assert expected in message
    assert message.count("how to mend:") == 4


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("just words", "must be a group"),
        ("- a\n- b\n", "must be a group"),
        ("a: b: c", "not valid YAML"),
        ("a: \x01", "not valid YAML"),
        ("a: 'x\n", "not valid YAML"),
        ("{" * 5000, "YAML"),
        ("a: &a [*a]\n", "unknown key 'a'"),
        ("x" * 1_000_001, "longer than"),
        ("---\na: 1\n---\nb: 2\n", "not valid YAML"),
    ],
)
def test_text_that_is_no_playbook_is_refused_in_words(text: str, what: str) -> None:
    with pytest.raises(InvalidFirm) as caught:
        parse_playbook(text, file="buyers.yaml")
    assert what in str(caught.value)
    assert "buyers.yaml" in str(caught.value)


def test_anchors_that_multiply_are_read_once() -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 15)]
    with pytest.raises(InvalidFirm, match="unknown key"):
        parse_playbook("\n".join(layers), file="buyers.yaml")
