from benchmarks.storm.__main__ import table


def test_each_storm_has_a_line_and_a_dash_where_it_counts_nothing() -> None:
    lines = table({"kills": (0, {"kills": 100, "lost": 0, "out_of_order": 2}), "pairs": (3, {"kept": 7})}).splitlines()
    assert lines[0].split() == [
        "faults", "kills", "accepted", "lost", "doubled", "out", "of", "order", "unanswered", "untrue", "unconfirmed",
    ]  # fmt: skip
    assert lines[1].split() == ["kills", "0", "100", "-", "0", "-", "2", "-", "-", "-"]
    assert lines[2].split() == ["pairs", "3", *["-"] * 8]
