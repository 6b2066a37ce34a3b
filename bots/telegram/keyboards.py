"""Buttons as Telegram shows them: under the message, or in place of the person's keyboard to ask for the phone."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bots.degrade import answer_of
from core.domain.messages import Button

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup

_ROW_WIDTH = 30  # signs that a phone shows side by side
_PER_ROW = 3


def build_markup(buttons: Sequence[Button]) -> Markup | None:
    """With a contact button all are keys of the keyboard: one message cannot carry both kinds."""
    if not buttons:
        return None
    rows = _rows(buttons)
    if any(button.contact for button in buttons):
        keys = [
            [KeyboardButton(button.title, request_contact=button.contact or None) for button in row] for row in rows
        ]
        return ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True)
    return InlineKeyboardMarkup([[_inline(button) for button in row] for row in rows])


def _inline(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.title, url=button.url)
    return InlineKeyboardButton(button.title, callback_data=answer_of(button))


def _rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """Short answers side by side, long ones and the contact request alone."""
    rows: list[list[Button]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        together = [*row, button]
        share = _ROW_WIDTH // len(together)
        if row and len(together) <= _PER_ROW and all(len(b.title) <= share and not b.contact for b in together):
            row.append(button)
        else:
            rows.append([button])
    return rows
