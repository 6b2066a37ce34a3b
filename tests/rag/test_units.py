from rag.units import split_units


def test_sentences_and_lines_are_units_with_what_stood_between_them() -> None:
    text = "Веземо містом. Від 500 грн безкоштовно.\nСамовивіз о 10.\n\nWe ship abroad."
    units = split_units(text)
    assert [unit.text for unit in units] == [
        "Веземо містом.",
        "Від 500 грн безкоштовно.",
        "Самовивіз о 10.",
        "We ship abroad.",
    ]
    assert "".join(unit.gap + unit.text for unit in units) == text


def test_a_short_list_stays_with_the_line_that_announces_it() -> None:
    units = split_units("Берём с собой:\n- паспорт\n- чек\nОстальное есть.")
    assert [unit.text for unit in units] == ["Берём с собой:\n- паспорт\n- чек", "Остальное есть."]


def test_a_long_list_is_read_line_by_line() -> None:
    lines = [f"- {'слово ' * 20}{n}" for n in range(4)]
    assert len(split_units("\n".join(["Усе:", *lines]))) > 2


def test_nothing_has_no_units() -> None:
    assert split_units("") == []
