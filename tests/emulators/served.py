"""What each emulated platform does alike: it serves itself when it stands alone."""

from types import TracebackType
from typing import Self

from tests.emulators.loopback import LoopbackServer
from tests.emulators.platform import Platform, build_app


class Served:
    """Use as a context manager; among other platforms `build_app` serves it. To be mixed into a Platform."""

    _server: LoopbackServer | None = None

    def __enter__(self: Self) -> Self:
        assert isinstance(self, Platform)
        self._server = LoopbackServer(build_app([self])).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.stop()

    @property
    def address(self) -> str:
        if self._server is None:
            raise RuntimeError("the emulator is not serving by itself")
        return self._server.address
