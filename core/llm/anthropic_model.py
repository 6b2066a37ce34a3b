"""A model of Anthropic, by its own SDK: the stable part of the prompt is marked to be cached."""

import asyncio
from typing import TYPE_CHECKING, Any

from core.llm.bounded import CONNECT_S, bound
from core.llm.late import Late
from core.llm.price import FREE, Price, most_written
from core.llm.refusals import cut, late, refused, unreadable
from core.llm.usable import require_usable
from core.ports import Completion, Failure, LanguageModelFailed, Prompt, Usage

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic
    from anthropic.types import Message

ENDED = ("end_turn", "stop_sequence")


class AnthropicModel:
    """Implements LanguageModel. `timeout` holds for the whole answer. The key is in no error and in no log line."""

    def __init__(
        self, *, api_key: str, model: str, base_url: str | None = None, timeout: float = 6.0, price: Price = FREE
    ) -> None:
        self._api_key = api_key
        self._model = model
        self._base_url = base_url
        self._timeout = timeout
        self._price = price
        self._may_forbid_thinking = True
        self._knows_schemas = True
        self._client: Late[AsyncAnthropic] = Late(self._build_client)

    async def complete(self, prompt: Prompt) -> Completion:
        """Raises LanguageModelFailed."""
        client = await self._client.get()
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._ask(client, prompt)
        except TimeoutError:
            raise late(self._timeout) from None
        return self._read(answer, prompt)

    async def prepare(self) -> None:
        await self._client.get()

    async def close(self) -> None:
        if self._client.built:
            await self._client.built.close()

    def _build_client(self) -> "AsyncAnthropic":
        from anthropic import AsyncAnthropic, DefaultAsyncHttpxClient
        from anthropic import Timeout as Limits

        limits = Limits(self._timeout, connect=min(CONNECT_S, self._timeout))
        # What customers wrote goes to the house that was chosen, and to no other that it points to.
        connection = DefaultAsyncHttpxClient(timeout=limits, follow_redirects=False, event_hooks={"response": [bound]})
        return AsyncAnthropic(
            api_key=self._api_key, base_url=self._base_url, timeout=limits, max_retries=0, http_client=connection
        )

    async def _ask(self, client: "AsyncAnthropic", prompt: Prompt) -> "Message":
        from anthropic import AnthropicError, APIConnectionError, APIStatusError, APITimeoutError, BadRequestError

        while True:
            try:
                answer: Message = await client.messages.create(**self._request(prompt))
                return answer
            except APIStatusError as error:
                again = isinstance(error, BadRequestError) and self._give_up_parameter(str(error.message))
                if not again:
                    raise refused(error.status_code, error.response.headers) from None
            except APIConnectionError as error:
                raise cut(error, is_late=isinstance(error, APITimeoutError)) from None
            except (AnthropicError, ValueError, TypeError) as error:
                raise unreadable(error) from None

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._model,
            "max_tokens": most_written(prompt),
            "messages": [{"role": "user", "content": _sayable(prompt.user)}],
        }
        if prompt.system.strip():
            stable = {"type": "text", "text": _sayable(prompt.system), "cache_control": {"type": "ephemeral"}}
            request["system"] = [stable]
        if self._may_forbid_thinking:
            request["thinking"] = {"type": "disabled"}
        if prompt.schema and self._knows_schemas:
            request["output_config"] = {"format": {"type": "json_schema", "schema": dict(prompt.schema)}}
        return request

    def _give_up_parameter(self, message: str) -> bool:
        """Whether there is another way to ask, once a model does not know a parameter; it is remembered."""
        if "thinking" in message and self._may_forbid_thinking:
            self._may_forbid_thinking = False
            return True
        if "output_config" in message and self._knows_schemas:
            self._knows_schemas = False
            return True
        return False

    def _read(self, answer: Any, prompt: Prompt) -> Completion:
        usage = _usage(answer)
        try:
            text = "".join(block.text for block in answer.content if block.type == "text")
            ended = answer.stop_reason in ENDED
        except (AttributeError, TypeError):
            raise LanguageModelFailed("the answer is no message", kind=Failure.UNUSABLE, may_cost=True) from None
        if not ended:
            raise LanguageModelFailed("the answer was cut off", kind=Failure.UNUSABLE, usage=usage, may_cost=True)
        text = require_usable(text, prompt, usage)
        counted = usage or Usage()
        model = answer.model if isinstance(answer.model, str) and answer.model else self._model
        return Completion(text, model, counted.tokens, self._price.cost(counted) / 1e6, counted)


def _usage(answer: Any) -> Usage | None:
    """Anthropic counts what came from the cache and what went into it beside the other tokens."""
    try:
        given = answer.usage
        cached, stored = given.cache_read_input_tokens or 0, given.cache_creation_input_tokens or 0
        usage = Usage(given.input_tokens + cached + stored, given.output_tokens, cached, stored)
        return usage if min(usage.read, usage.written, cached, stored) >= 0 else None
    except (AttributeError, TypeError):
        return None


def _sayable(text: str) -> str:
    """Encodable, and not only space, which the interface refuses."""
    return text.encode("utf-8", "replace").decode() if text.strip() else "."
