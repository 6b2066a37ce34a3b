"""What runs, as numbers with one definition each, for Prometheus."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bots.bootstrap import Application
from bots.channel import AccountState
from bots.cluster import Cluster
from core.llm.chain import ModelChain


class ApplicationMetrics:
    """Read when somebody asks; the hot path only counts plain integers."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def collect(self) -> Iterator[Metric]:
        app, turns = self._app, self._app.turns.counts
        yield _count("seller_messages_received", "Inbound messages stored", app.intake.received)
        yield _count("seller_messages_duplicate", "Redeliveries dropped", app.intake.duplicates)
        yield _count("seller_turns_finished", "Turns stored", turns.finished)
        yield _count("seller_turns_redrafted", "Drafts dropped for a newer message", turns.redrafted)
        yield _count("seller_turns_failed", "Turns that raised", turns.failed)
        yield _count("seller_turn_seconds", "Seconds from reading to storing turns", turns.seconds)
        yield _count("seller_messages_sent", "Outbound messages that a platform took", app.delivery.sent)
        if app.database.commits is not None:
            yield _count("seller_commits", "Commits of the one SQLite writer", app.database.commits)
        accounts = GaugeMetricFamily("seller_account_ok", "1 while an account works", labels=["account", "state"])
        for account, health in app.health.accounts.items():
            accounts.add_metric([account, health.state.value], float(health.state is AccountState.OK))
        yield accounts
        yield from _of_platforms(app)
        parts = GaugeMetricFamily(
            "seller_part_ok", "1 while a server that we lean on answers", labels=["part", "state"]
        )
        for part, health in app.health.parts.items():
            parts.add_metric([part, health.state.value], float(health.state is AccountState.OK))
        yield parts
        if app.share:
            yield from _of_cluster(app.share.cluster)
        if app.models:
            yield from _of_models(app.models)


def _of_platforms(app: Application) -> Iterator[Metric]:
    usage = GaugeMetricFamily("seller_platform_usage_percent", "Used of a platform's limit", labels=["account"])
    for account, told in app.health.usage.items():
        usage.add_metric([account], told())
    yield usage
    left = GaugeMetricFamily("seller_token_left_seconds", "Until a token dies, where that is known", labels=["account"])
    for account, ends in app.health.token_ends.items():
        if end := ends():
            left.add_metric([account], (end - app.clock.now()).total_seconds())
    yield left


def _of_cluster(cluster: Cluster) -> Iterator[Metric]:
    """Each process counts its own work; these say who works beside it."""
    seen = GaugeMetricFamily("seller_process_seen_seconds", "Since a process was last seen", labels=["process", "here"])
    for process in cluster.membership.seen:
        seen.add_metric([process.name, str(process.life == cluster.membership.life).lower()], process.seen_s)
    yield seen
    yield _count("seller_notes_heard", "Notes of other processes", cluster.peers.heard)
    listening = GaugeMetricFamily("seller_listening", "1 while notes of other processes are heard")
    listening.add_metric([], float(cluster.peers.is_listening.is_set()))
    yield listening


def build_registry(app: Application) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(ApplicationMetrics(app))
    return registry


def _of_models(models: ModelChain) -> Iterator[Metric]:
    calls = CounterMetricFamily("seller_model_calls", "Calls of language models", labels=["rung", "outcome"])
    for (rung, outcome), number in sorted(models.calls.items()):
        calls.add_metric([rung, outcome], number)
    seconds = CounterMetricFamily("seller_model_seconds", "Seconds that calls of a model took", labels=["rung"])
    for rung, took in sorted(models.seconds.items()):
        seconds.add_metric([rung], took)
    yield calls
    yield seconds
    yield _count("seller_model_dollars", "Dollars that models have cost since the start", models.cost / 1e6)


def render(registry: CollectorRegistry) -> bytes:
    return generate_latest(registry)


def _count(name: str, what: str, value: float) -> CounterMetricFamily:
    family = CounterMetricFamily(name, what)
    family.add_metric([], value)
    return family
