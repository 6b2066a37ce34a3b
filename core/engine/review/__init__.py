"""The firewall: nothing leaves that the firm does not vouch for."""

from core.engine.review.heard import NOTHING, Heard, build_heard
from core.engine.review.reviewer import Reviewer, review

__all__ = ["NOTHING", "Heard", "Reviewer", "build_heard", "review"]
