"""The raw body of a request, up to a limit: what is signed must be read before it is parsed."""

from starlette.requests import Request


class BodyRefused(Exception):
    """`status` is what the caller gets."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status = status


async def read_body(request: Request, limit: int) -> bytes:
    """Raises BodyRefused as soon as it is announced or turns out to be longer than `limit` bytes."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > limit:
        raise BodyRefused(413, f"more than {limit} bytes")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise BodyRefused(413, f"more than {limit} bytes")
    return bytes(body)
