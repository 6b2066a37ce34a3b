from core.ports import Document
from rag.plan import Reading, document_digest, group, plan

E5 = Reading("e5")
BY_SENTENCE = Reading("e5", by_sentence=True)


def document(text: str = "# A\n\nOne.\n\n# B\n\nTwo.", language: str = "uk", topic: str = "t") -> Document:
    return Document("t.uk.md", topic, language, text)


def test_a_plan_has_a_digest_for_every_piece() -> None:
    planned = plan(document(), E5)
    assert [piece.text for piece in planned.pieces] == ["One.", "Two."]
    assert list(planned.texts) == list(planned.digests)
    assert list(planned.texts.values()) == [("A\nOne.",), ("B\nTwo.",)]


def test_sentences_are_embedded_under_their_headings_and_a_single_one_is_its_passage() -> None:
    planned = plan(document("# A\n\nOne.\n\n## B\n\nTwo here. Three there."), BY_SENTENCE)
    assert list(planned.texts.values()) == [
        ("A\nOne.",),
        ("A › B\nTwo here. Three there.", "A › B\nTwo here.", "A › B\nThree there."),
    ]


def test_digests_change_when_sentences_are_read_too() -> None:
    text = "# A\n\nTwo here. Three there."
    whole, read = plan(document(text), E5), plan(document(text), BY_SENTENCE)
    assert whole.digests != read.digests
    assert whole.digest != read.digest


def test_a_documents_digest_changes_with_all_that_it_depends_on() -> None:
    variants = [document(), document(text="x"), document(language="en"), document(topic="u")]
    assert len({document_digest(each, E5) for each in variants} | {document_digest(document(), Reading("other"))}) == 5


def test_a_piece_keeps_its_digest_wherever_it_stands() -> None:
    alone = plan(document("# B\n\nTwo.", language="en"), E5)
    assert alone.digests[0] == plan(document(), E5).digests[1]


def test_groups_hold_every_document_once_and_grow() -> None:
    text = "\n\n".join(f"# H{n}\n\nText." for n in range(8))
    plans = [plan(document(text), E5) for _ in range(200)]
    groups = list(group(plans))
    assert [each for held in groups for each in held] == plans
    sizes = [len(held) for held in groups[:-1]]
    assert sizes == sorted(sizes)
    assert sizes[0] == 4 < sizes[-1]


def test_no_documents_make_no_groups() -> None:
    assert list(group([])) == []
