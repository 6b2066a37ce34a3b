"""P3 and P4: a durable turn with a scripted model and no embedding, beside LangGraph and beside the bare least."""

from benchmarks.contest import Contender, Load, Peers, alternate, enter, ratio
from benchmarks.figures import absent, median_of, report
from benchmarks.options import Options

LANGGRAPH = "langgraph-sqlite"


def measure_turns(options: Options) -> None:
    names: dict[str, Peers | None] = {"seller": None, "bare": None}
    if options.peers:
        names[LANGGRAPH] = options.peers
    else:
        absent("P4", "LangGraph", "give --peers and --peer-python to run it beside")
    with enter(names) as contenders:
        for at_once, talks in ((1, 100), (8, 500)):
            _compare(contenders, options, at_once, talks // 5 if options.quick else talks)
        _count_commits(contenders["seller"])


def _compare(contenders: dict[str, Contender], options: Options, at_once: int, talks: int) -> None:
    rounds = alternate(contenders, Load(talks, 2, at_once), rounds=options.rounds)
    medians = {name: median_of(figures) for name, figures in rounds.items()}
    ours = medians["seller"]
    times = {
        name: round(ratio(rounds["seller"], theirs, "turns_per_s"), 2)
        for name, theirs in rounds.items()
        if name != "seller"
    }
    told = ", ".join(f"{x} x {name} ({medians[name]['turns_per_s']:.0f})" for name, x in times.items())
    report(
        f"P4 turns, {at_once} at once",
        "3 x LangGraph's SQLite saver, better 5 x; at most 4 ms of processor",
        f"{ours['turns_per_s']:.0f} turns/s = {told}; {ours['cpu_ms']:.2f} ms of processor a turn",
        at_once=at_once,
        times=times,
        medians=medians,
    )


def _count_commits(seller: Contender) -> None:
    commits = seller.drive([f"count-{number}" for number in range(20)], turns=5, at_once=1)["commits"]
    report("P3", "at most 4 commits a turn", f"{commits:.2f} commits a turn", commits=round(commits, 2))
