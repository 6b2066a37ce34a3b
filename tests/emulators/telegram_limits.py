"""The platform's limits on what a bot sends. Each check gives the refusal's words, or nothing."""

from typing import Any

from tests.emulators.telegram_updates import Json

TEXT_LIMIT = 4096  # code points: the emulator is no stricter than the platform was ever seen to be
CAPTION_LIMIT = 1024
DATA_BYTES = 64
PER_ROW = 8
BUTTONS = 100


def check_text(text: str, *, is_caption: bool) -> str:
    if is_caption:
        return "message caption is too long" if len(text) > CAPTION_LIMIT else ""
    if not text.strip():
        return "message text is empty"
    return "message is too long" if len(text) > TEXT_LIMIT else ""


def check_markup(markup: Json) -> str:
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if sum(len(row) for row in rows) > BUTTONS or any(not 1 <= len(row) <= PER_ROW for row in rows):
        return "reply markup is too long"
    buttons = [button for row in rows for button in row]
    if any(not _title(button) for button in buttons):
        return "text buttons are unallowed in the inline keyboard"
    if "inline_keyboard" in markup:
        return next((problem for problem in map(_check_inline, buttons) if problem), "")
    return ""


def _title(button: Any) -> str:
    return str(button.get("text", "")).strip() if isinstance(button, dict) else str(button).strip()


def _check_inline(button: Json) -> str:
    if "url" in button:
        return "" if str(button["url"]).startswith(("http://", "https://", "tg://")) else "BUTTON_URL_INVALID"
    return "" if 1 <= len(str(button.get("callback_data", "")).encode()) <= DATA_BYTES else "BUTTON_DATA_INVALID"
