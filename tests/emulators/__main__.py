"""Telegram, Messenger and Instagram on this machine, to try the bot without an account."""

import argparse
import sys

from tests.emulators.loopback import LoopbackServer
from tests.emulators.phones import Phones
from tests.emulators.platform import build_app
from tests.emulators.trio import Trio

WEBHOOK = "/webhooks/meta"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.emulators", description=__doc__)
    parser.add_argument("--port", type=int, default=8099, help="0 takes a free one")
    parser.add_argument("--bot", default="http://127.0.0.1:8000", help="where the bot is")
    parser.add_argument("--login", action="store_true", help="Instagram by its own login instead of behind a page")
    options = parser.parse_args()
    trio = Trio(login=options.login)
    for meta in trio.meta:
        meta.pusher.haste = 60  # a minute of the platform's patience passes in a second
        meta.listen(f"{options.bot.rstrip('/')}{WEBHOOK}")
        meta.desk.set_up_webhook(meta.state.kind, meta.pusher.url)
    with LoopbackServer(build_app([Phones(trio), *trio.all]), port=options.port) as server:
        sys.stdout.write(tell(trio, server.address))
        sys.stdout.flush()
        try:
            server.wait()
        except KeyboardInterrupt:
            return


def tell(trio: Trio, address: str) -> str:
    """What to put where, first of all the settings."""
    lines = [f"{name}={value}" for name, value in trio.settings(address).items()]
    lines += ["", f"# write as a customer   {address}/"]
    lines += [f"# control {emulator.name:<11}    {address}/control/{emulator.name}" for emulator in trio.all]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
