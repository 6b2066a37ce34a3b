"""Files that pages need: read and compressed once, kept by browsers for a year under an address with their digest."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from bots.access import public

_FOREVER: Final = "public, max-age=31536000, immutable"
_WORTH_COMPRESSING: Final = 1000


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    packed: bytes | None
    media_type: str
    address: str


class Assets:
    """`prefix` is the address of the folder, such as /desk/static."""

    def __init__(self, folder: Path, *, prefix: str) -> None:
        self._prefix = prefix
        self._assets = {
            path.relative_to(folder).as_posix(): _read(path, folder, prefix)
            for path in sorted(folder.rglob("*"))
            if path.suffix in (".css", ".js", ".svg", ".png")
        }

    def url(self, name: str) -> str:
        """Raises KeyError when there is no such file."""
        return self._assets[name].address

    def build_router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)

        @router.get(self._prefix + "/{name:path}", dependencies=[public()])
        async def get_asset(name: str, request: Request) -> Response:
            asset = self._assets.get(name)
            if asset is None:
                raise HTTPException(404, "there is no such file")
            headers = {"Vary": "Accept-Encoding"}
            headers["Cache-Control"] = _FOREVER if request.query_params else "no-cache"
            if asset.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
                return Response(
                    asset.packed, media_type=asset.media_type, headers={**headers, "Content-Encoding": "gzip"}
                )
            return Response(asset.body, media_type=asset.media_type, headers=headers)

        return router


def _read(path: Path, folder: Path, prefix: str) -> Asset:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    digest = hashlib.sha256(body).hexdigest()[:12]
    packed = gzip.compress(body, mtime=0) if len(body) > _WORTH_COMPRESSING and media_type != "image/png" else None
    return Asset(body, packed, media_type, f"{prefix}/{path.relative_to(folder).as_posix()}?v={digest}")
