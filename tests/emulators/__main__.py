"""Run the emulators alone: `python -m tests.emulators [--port N]`."""

import argparse
import sys

from tests.emulators.loopback import LoopbackServer
from tests.emulators.platform import build_app
from tests.emulators.telegram import TelegramEmulator


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.emulators", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    telegram = TelegramEmulator()
    with LoopbackServer(build_app([telegram]), port=parser.parse_args().port) as server:
        lines = (
            f"Telegram Bot API   {server.address}/bot   (base_url)",
            f"files              {server.address}/file/bot   (base_file_url)",
            f"token              {telegram.state.token}",
            f"control            {server.address}/control/telegram   (GET shows, POST /<action> acts)",
            f"actions            {', '.join(sorted(telegram.actions()))}",
        )
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        try:
            server.wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
