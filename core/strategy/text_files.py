"""Reading a text file of the firm, with its encoding slips told by line."""

from pathlib import Path

from core.strategy.problems import Place, Problems

ENCODING_HINT = "open it in an editor and save it as UTF-8 (in Excel: «CSV UTF-8»)"


def read_text(path: Path, problems: Problems) -> str | None:
    """The text without a byte order mark and with plain line ends; None when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or type(error).__name__}"
        problems.add(Place(str(path)), what, "check that it exists and that you may read it")
        return None
    return decode(data, str(path), problems)


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add(Place(file, 1), "the file is UTF-16, not UTF-8", ENCODING_HINT)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(Place(file, line), "the file is not UTF-8", ENCODING_HINT)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
