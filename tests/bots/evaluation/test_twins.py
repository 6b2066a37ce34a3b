from bots.evaluation.twins import score


def test_wrong_hits_and_shared_paraphrases_are_counted_apart() -> None:
    records = [{"id": n, "a": "", "b": "", "same": same} for n, same in enumerate([True, True, False, False])]
    scores = score(records, [True, False, True, False])
    assert (scores["shared"], scores["wrong_hits"], scores["wrong_hits_of_all"]) == (0.5, 0.5, 0.25)


def test_pairs_without_a_label_are_left_out() -> None:
    assert score([{"id": 1, "a": "", "b": ""}], [True])["pairs"] == 0
