"""What runs, as numbers with one definition each, for Prometheus."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bots.bootstrap import Application
from bots.channel import AccountState


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


def build_registry(app: Application) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(ApplicationMetrics(app))
    return registry


def render(registry: CollectorRegistry) -> bytes:
    return generate_latest(registry)


def _count(name: str, what: str, value: float) -> CounterMetricFamily:
    family = CounterMetricFamily(name, what)
    family.add_metric([], value)
    return family
