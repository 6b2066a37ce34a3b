"""Messenger and Instagram as channels: one message out, one clear result back."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import structlog

from bots.channel import Capabilities
from bots.meta.comments import POST
from bots.meta.graph import GraphApi
from bots.meta.pace import Pace, Rates
from bots.meta.reader import METADATA
from core.domain.messages import OutboundMessage
from core.domain.reply_window import Grant, MayGoPrivately, MayGoTagged
from core.domain.sending import Refused, Scope, SendResult, Sent

log = structlog.get_logger()

_SEEN_FOR_S: Final = 60.0
_REMEMBERED: Final = 1_000

FILE_REFUSED: Final = frozenset({"wrong_file", "file_too_big", "ogg_is_not_played"})
"""Reasons that lie in the file and not in who gets it."""

ID_REFUSED: Final = FILE_REFUSED | {"bad_request"}
"""What a file's id may meet that has died: how the platform says so is not written down."""

Compose = Callable[[str, OutboundMessage, str], Mapping[str, Any]]
"""(recipient, message that fits, metadata) -> the body of the Send API. Raises ValueError for what it cannot say."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """How people call a channel, and where a talk with the account begins."""

    title: str = ""
    """As it is read."""
    spoken: str = ""
    """As it is said: a pattern."""
    address: str = ""
    """With a place for the account's id; empty where no link leads there."""


class MetaChannel:
    """Implements Channel. Every message carries its outbox row as metadata, which the echo brings back."""

    def __init__(
        self,
        *,
        name: str,
        capabilities: Capabilities,
        graph: GraphApi,
        compose: Compose,
        rates: Rates,
        way_in: WayIn = WayIn(),
    ) -> None:
        self.name = name
        self.capabilities = capabilities
        self._graph = graph
        self._compose = compose
        self.pace = Pace(rates, usage=lambda: graph.usage)
        self._seen: OrderedDict[str, float] = OrderedDict()
        self.title, self.spoken, self._address = way_in.title, way_in.spoken, way_in.address

    async def send(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        """A file that the platform does not keep any more is fetched anew; one that is refused for itself becomes its
        link. Refusals are certain, so nothing shows twice."""
        result = await self._try(chat, message, key=key)
        fresh = _as_new(message)
        if fresh and isinstance(result, Refused) and result.reason in ID_REFUSED:
            log.info(f"{self.name}.file_sent_anew", outbox=key, reason=result.reason)
            message, result = fresh, await self._try(chat, fresh, key=key)
        link = _as_link(message)
        if link and isinstance(result, Refused) and result.reason in FILE_REFUSED:
            log.info(f"{self.name}.file_became_a_link", outbox=key, reason=result.reason)
            return await self._try(chat, link, key=key)
        return result

    async def _try(self, chat: str, message: OutboundMessage, *, key: str) -> SendResult:
        try:
            payload = self._compose(chat, message, f"{METADATA}{key}")
        except ValueError as error:
            return Refused(str(error), Scope.MESSAGE, alert=True)
        is_private = isinstance(message.grant, MayGoPrivately)
        if isinstance(message.grant, MayGoPrivately):
            payload = {**payload, "recipient": _recipient(message.grant.comment_id)}
        wait = await self.pace.enter(media=bool(message.attachments), private=is_private)
        if wait > 0:
            return Refused("the platform's limit is near", Scope.CHANNEL, retry_after=timedelta(seconds=wait))
        result = await self._graph.send({**_purpose(message.grant), **payload})
        if not isinstance(result, Sent):
            log.warning(f"{self.name}.not_sent", outbox=key, result=type(result).__name__, reason=result.reason)
        return result

    def link_to(self, code: str) -> str | None:
        return f"{self._address}?ref={code}" if self._address else None

    async def show_typing(self, chat: str) -> None:
        """That the message was seen, once, and that an answer is being written. Left out while limits are near."""
        if not self.pace.has_room:
            return
        if self._is_unseen(chat):
            await self._act(chat, "mark_seen")
        await self._act(chat, "typing_on")

    async def acknowledge(self, callback: str) -> None:
        """Neither platform waits for an answer to a tap."""

    def _is_unseen(self, chat: str) -> bool:
        """While an answer is being written, "typing" is repeated; "seen" is not."""
        now = time.monotonic()
        before = self._seen.pop(chat, float("-inf"))
        self._seen[chat] = now
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return now - before > _SEEN_FOR_S

    async def _act(self, chat: str, action: str) -> None:
        await self._graph.act({"recipient": {"id": chat}, "sender_action": action})


def _purpose(grant: Grant | None) -> Mapping[str, Any]:
    """Only what a person typed goes under a tag: no other permission has one."""
    if isinstance(grant, MayGoTagged):
        return {"messaging_type": "MESSAGE_TAG", "tag": grant.tag}
    return {"messaging_type": "RESPONSE"}


def _recipient(comment: str) -> Mapping[str, str]:
    """Whoever wrote the comment, or the post on the page itself."""
    post = comment.removeprefix(POST)
    return {"post_id": post} if post != comment else {"comment_id": comment}


def _as_new(message: OutboundMessage) -> OutboundMessage | None:
    """By its address, if it went by its id."""
    attachment = message.attachments[0] if message.attachments else None
    if attachment is None or not attachment.external_id or not attachment.url:
        return None
    return replace(message, attachments=(replace(attachment, external_id=None),))


def _as_link(message: OutboundMessage) -> OutboundMessage | None:
    attachment = message.attachments[0] if message.attachments else None
    if attachment is None or not attachment.url:
        return None
    line = ": ".join(part for part in (attachment.title, attachment.url) if part)
    text = "\n\n".join(part for part in (message.text, line) if part)
    return OutboundMessage(text, message.buttons, grant=message.grant)
