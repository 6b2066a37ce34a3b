"""The interfaces of the models' houses, as far as we use them: what they take, what they answer, how they refuse.

Each shape says where it is asked, what is wrong with a request, and how an answer and a refusal look on the wire.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from tests.emulators.llm_answers import Body

MINIMUM_CACHED = 1024
"""Bytes of a prefix below which nothing is cached."""


class Shape(Protocol):
    path: str
    """Behind the base address that an SDK is given."""
    base: str

    def key(self, headers: Mapping[str, str]) -> str | None: ...

    def fault(self, body: Body, headers: Mapping[str, str]) -> tuple[str, str] | None:
        """What is wrong with a request: (parameter, message)."""
        ...

    def stable(self, body: Body) -> str | None:
        """The part that is asked to be cached."""
        ...

    def answer(self, body: Body, text: str | None, finish: str | None, usage: tuple[int, int, int] | None) -> Body:
        """`usage` = (read, written, cached)."""
        ...

    def error(self, status: int, message: str, blames: str | None) -> Any: ...


class OpenAIShape:
    base, path = "/v1", "/chat/completions"
    known = frozenset(
        {"model", "messages", "max_tokens", "max_completion_tokens", "reasoning_effort", "response_format"}
    )

    def key(self, headers: Mapping[str, str]) -> str | None:
        return headers.get("authorization", "").removeprefix("Bearer ") or None

    def fault(self, body: Body, headers: Mapping[str, str]) -> tuple[str, str] | None:
        unknown = sorted(set(body) - self.known)
        if unknown:
            return unknown[0], f"Unrecognized request argument supplied: {unknown[0]}"
        if not isinstance(body.get("model"), str):
            return "model", "you must provide a model parameter"
        messages = body.get("messages")
        if not messages or any(m.get("role") not in ("system", "user") or "content" not in m for m in messages):
            return "messages", "Invalid 'messages'"
        return None

    def stable(self, body: Body) -> str | None:
        return next((m["content"] for m in body["messages"] if m["role"] == "system"), None)

    def answer(self, body: Body, text: str | None, finish: str | None, usage: tuple[int, int, int] | None) -> Body:
        message = {"role": "assistant", "content": text, "refusal": None}
        answer: Body = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": f"{body['model']}-2026-01-01",
            "choices": [{"index": 0, "finish_reason": finish or "stop", "message": message}],
        }
        if usage:
            read, written, cached = usage
            answer["usage"] = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
            answer["usage"]["prompt_tokens_details"] = {"cached_tokens": cached}
        return answer

    def error(self, status: int, message: str, blames: str | None) -> Any:
        kind = "invalid_request_error" if status < 500 else "server_error"
        return {"error": {"message": message, "type": kind, "param": blames, "code": None}}


class GeminiShape(OpenAIShape):
    """Gemini's compatible endpoint: errors are lists and blame nothing by name."""

    base = "/v1beta/openai"

    def answer(self, body: Body, text: str | None, finish: str | None, usage: tuple[int, int, int] | None) -> Body:
        answer = super().answer(body, text, finish, usage)
        answer["model"] = body["model"]
        if usage:
            del answer["usage"]["prompt_tokens_details"]
        return answer

    def error(self, status: int, message: str, blames: str | None) -> Any:
        return [{"error": {"code": status, "message": f"{message} {blames or ''}", "status": "INVALID_ARGUMENT"}}]


class AnthropicShape:
    base, path = "", "/v1/messages"
    known = frozenset({"model", "messages", "max_tokens", "system", "thinking", "output_config"})

    def key(self, headers: Mapping[str, str]) -> str | None:
        """Newer SDKs send it as a bearer, older ones under its own name."""
        return headers.get("x-api-key") or headers.get("authorization", "").removeprefix("Bearer ") or None

    def fault(self, body: Body, headers: Mapping[str, str]) -> tuple[str, str] | None:
        if "anthropic-version" not in headers:
            return "anthropic-version", "anthropic-version: header is required"
        unknown = sorted(set(body) - self.known)
        if unknown:
            return unknown[0], f"{unknown[0]}: Extra inputs are not permitted"
        if not isinstance(body.get("max_tokens"), int):
            return "max_tokens", "max_tokens: Field required"
        messages = body.get("messages")
        if not messages or any(m.get("role") not in ("user", "assistant") for m in messages):
            return "messages", "messages: at least one message is required"
        texts = [m["content"] for m in messages] + [block["text"] for block in body.get("system", [])]
        if not all(text.strip() for text in texts):
            return "messages", "messages: text content blocks must contain non-whitespace text"
        return None

    def stable(self, body: Body) -> str | None:
        marked = [block["text"] for block in body.get("system", []) if "cache_control" in block]
        return "".join(marked) or None

    def answer(self, body: Body, text: str | None, finish: str | None, usage: tuple[int, int, int] | None) -> Body:
        answer: Body = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": f"{body['model']}-20260101",
            "content": [] if text is None else [{"type": "text", "text": text}],
            "stop_reason": finish or "end_turn",
            "stop_sequence": None,
        }
        if usage:
            read, written, cached = usage
            stable = self.stable(body)
            stored = len((stable or "").encode()) // 4 if stable and not cached and len(stable) >= MINIMUM_CACHED else 0
            answer["usage"] = {
                "input_tokens": max(0, read - cached - stored),
                "output_tokens": written,
                "cache_read_input_tokens": cached,
                "cache_creation_input_tokens": stored,
            }
        return answer

    def error(self, status: int, message: str, blames: str | None) -> Any:
        kinds = {400: "invalid_request_error", 401: "authentication_error", 403: "permission_error"}
        kinds |= {404: "not_found_error", 429: "rate_limit_error", 529: "overloaded_error"}
        named = f"{blames}: {message}" if blames else message
        return {"type": "error", "error": {"type": kinds.get(status, "api_error"), "message": named}}


SHAPES: Mapping[str, Shape] = {"openai": OpenAIShape(), "anthropic": AnthropicShape(), "gemini": GeminiShape()}
