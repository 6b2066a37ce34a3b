"""A hundred thousand random months, each judged minute by minute: `python -m benchmarks.windows [schedules]`."""

import sys
import time

from tests.reply_windows.month import Player, Tally, build_schedule

SCHEDULES = 100_000


def main(schedules: int = SCHEDULES) -> None:
    total, started = Tally(), time.perf_counter()
    for seed in range(schedules):
        total.add(Player(build_schedule(seed)).play())
    seconds = time.perf_counter() - started
    lines = {
        "schedules of a month": total.schedules,
        "questions to the engine": total.asked,
        "sent": total.sent,
        "  of them under the human tag": total.tagged,
        "  of them as a private reply": total.private,
        "held for the end of quiet hours": total.held,
        "taken back since the customer wrote first": total.taken_back,
        "refused": total.refused,
        "follow-ups planned / with no possible time": f"{total.planned:,} / {total.not_planned:,}",
        "illegal sends": total.illegal,
        "legal messages dropped": total.dropped,
        "right, but with another end than the rule book's": total.wrong_time,
        "bot messages under the human tag": total.bot_tagged,
        "follow-ups planned badly": total.badly_planned,
        "seconds": f"{seconds:.0f}",
    }
    for name, figure in lines.items():
        print(f"{name:<50} {figure if isinstance(figure, str) else format(figure, ','):>20}")
    for example in total.examples[:20]:
        print(example)
    sys.exit(1 if total.faults else 0)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
