from pathlib import Path

import pytest

from core.errors import SellerError
from rag.sources.folder import FolderSources, guess_language
from tests.rag.sources.pdf_files import build_pdf

PDF = build_pdf([["The guarantee is 24 months for every table that we build."]])


async def read_page(url: str) -> str:
    if "gone" in url:
        raise SellerError("it answers 404", where=url, hint="remove its line")
    return "Доставка по Україні триває три дні, і кур'єр телефонує заздалегідь."


def sources(folder: Path) -> FolderSources:
    return FolderSources(folder=folder, read_page=read_page)


async def test_pdf_files_and_listed_pages_become_documents(tmp_path: Path) -> None:
    (tmp_path / "guarantee.en.pdf").write_bytes(PDF)
    (tmp_path / "Price Terms 2026.pdf").write_bytes(PDF)
    (tmp_path / "pages.txt").write_text(
        "# ours\nhttps://shop.example/delivery.html\n\nterms.en https://shop.example/a  # the terms\n", encoding="utf-8"
    )
    gathered = await sources(tmp_path).gather("uk")
    assert [(doc.source, doc.topic, doc.language) for doc in gathered.documents] == [
        ("Price Terms 2026.pdf", "price-terms-2026", "en"),
        ("guarantee.en.pdf", "guarantee", "en"),
        ("https://shop.example/delivery.html", "delivery", "uk"),
        ("https://shop.example/a", "terms", "en"),
    ]
    assert not gathered.troubles


async def test_one_bad_source_keeps_no_other_out(tmp_path: Path) -> None:
    (tmp_path / "guarantee.en.pdf").write_bytes(PDF)
    (tmp_path / "scan.en.pdf").write_bytes(build_pdf([[]]))
    (tmp_path / "pages.txt").write_text("https://shop.example/gone\nnot an address at all\nhttps://shop.example/b\n")
    gathered = await sources(tmp_path).gather("uk")
    assert [doc.source for doc in gathered.documents] == ["guarantee.en.pdf", "https://shop.example/b"]
    assert gathered.kept == {"scan.en.pdf", "https://shop.example/gone"}
    assert len(gathered.troubles) == 3
    assert all(trouble.where and trouble.hint for trouble in gathered.troubles)
    assert any(trouble.where.endswith("pages.txt:2") for trouble in gathered.troubles)


async def test_a_list_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "pages.txt").write_bytes(b"\xff\xfe\x00h")
    (trouble,) = (await sources(tmp_path).gather("uk")).troubles
    assert "UTF-8" in trouble.hint


async def test_a_folder_that_does_not_exist_has_nothing(tmp_path: Path) -> None:
    gathered = await sources(tmp_path / "none").gather("uk")
    assert (gathered.documents, gathered.troubles) == ((), ())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Гарантія діє два роки, її підтверджує чек", "uk"),
        ("Гарантия действует два года, её подтверждает чек, условия ниже", "ru"),
        ("The guarantee lasts two years", "en"),
        ("Мама мила раму", "ru"),
    ],
)
def test_the_language_is_told_by_its_letters(text: str, language: str) -> None:
    assert guess_language(text, "ru") == language
