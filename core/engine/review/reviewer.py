"""The firewall: what the firm does not vouch for is cut, sentence by sentence, by rule."""

from dataclasses import dataclass, replace
from datetime import date

from core.domain import review_rules as rules
from core.domain.clauses import sentences
from core.domain.firm import Firm
from core.domain.messages import OutboundMessage
from core.domain.turn import Blocked, Draft, Passage, Reviewed
from core.domain.visible import make_visible, turns_around
from core.engine.review.commitments import find_unsourced, list_open
from core.engine.review.demands import NO_DEMANDS, Demands, agrees, find_demands, repeats
from core.engine.review.evidence import Evidence, Line, build_evidence, passage_lines
from core.engine.review.heard import NOTHING, Heard
from core.engine.review.judge import Problem, find_problems
from core.engine.review.support import Sentence

_REMEMBERED_PAGES = 500
_REMEMBERED_TEXTS = 2_000


class Reviewer:
    """Remembers what is read again and again: what the present catalogue and policies vouch for, and found pages."""

    def __init__(self) -> None:
        self._key: tuple[str, date] | None = None
        self._evidence: Evidence | None = None
        self._pages: dict[Passage, tuple[Line, ...]] = {}
        self._standing: dict[tuple[str, str | None, bool | None], bool] = {}

    def review(self, draft: Draft, firm: Firm, today: date, heard: Heard = NOTHING) -> Reviewed:
        evidence = self._present(firm, today)
        if draft.approved and all(self._stands(message.text, heard, evidence) for message in draft.messages):
            return Reviewed(tuple(message for message in draft.messages if message.text or message.attachments))
        return review(draft, self._with_pages(evidence, heard), replace(heard, passages=()))

    def list_open(self, draft: Draft, firm: Firm, today: date, heard: Heard) -> tuple[str, ...]:
        """The sentences of a generated text that only a trained reader can judge."""
        known = self._with_pages(self._present(firm, today), heard).with_approved(heard.approved)
        return tuple(
            dict.fromkeys(sentence for message in draft.messages for sentence in list_open(message.text, known))
        )

    def _present(self, firm: Firm, today: date) -> Evidence:
        if self._evidence is None or self._key != (firm.version, today):
            self._key, self._evidence = (firm.version, today), build_evidence(firm, today)
            self._pages.clear()
            self._standing.clear()
        return self._evidence

    def _with_pages(self, evidence: Evidence, heard: Heard) -> Evidence:
        if len(self._pages) > _REMEMBERED_PAGES:
            self._pages.clear()
        for passage in heard.passages:
            if passage not in self._pages:
                self._pages[passage] = passage_lines(passage, evidence.names)
        return evidence.with_lines(line for passage in heard.passages for line in self._pages[passage])

    def _stands(self, text: str, heard: Heard, evidence: Evidence) -> bool:
        """Whether an approved text needs nothing of its talk to stand: read once, said a thousand times."""
        if len(self._standing) > _REMEMBERED_TEXTS:
            self._standing.clear()
        key = (text, heard.product, heard.is_backed)
        if key not in self._standing:
            alone = Draft((OutboundMessage(text),), approved=True)
            self._standing[key] = not review(
                alone, evidence, Heard(product=heard.product, is_backed=heard.is_backed)
            ).blocked
        return self._standing[key]


def review(draft: Draft, evidence: Evidence, heard: Heard = NOTHING) -> Reviewed:
    """Cut every sentence with a claim that can be traced to no row, policy, page or contact of the firm."""
    pages = (line for passage in heard.passages for line in passage_lines(passage, evidence.names))
    wordings = "" if draft.approved else heard.approved
    known = evidence.with_lines(pages).with_approved(wordings, is_backed=heard.is_backed is not False)
    check = _Check(known, heard, draft.approved)
    messages = []
    blocked: list[Blocked] = []
    for message in draft.messages:
        text, cut = check.run(message.text)
        blocked += cut
        if text or message.attachments:
            messages.append(replace(message, text=text))
    return Reviewed(tuple(messages), tuple(blocked))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence: where it stands in the original, and as it is seen."""

    text: str
    seen: Sentence


class _Check:
    def __init__(self, evidence: Evidence, heard: Heard, approved: bool) -> None:
        self._evidence = evidence
        self._heard = heard
        self._approved = approved
        self._demands: Demands = NO_DEMANDS if approved else find_demands(heard, evidence)

    def run(self, text: str) -> tuple[str, list[Blocked]]:
        """Again until nothing is left to cut: what was apart may have come together."""
        blocked: list[Blocked] = []
        while text:
            pieces, problems = self._look(text)
            faults = [(piece, self._faults(piece, problems)) for piece in pieces]
            if not any(found for _, found in faults):
                break
            blocked += [block for piece, found in faults for block in self._blocks(piece, found)]
            text = "".join(piece.text for piece, found in faults if not found).strip()
        return text, blocked

    def _look(self, text: str) -> tuple[list[_Piece], list[Problem]]:
        visible = make_visible(text)
        spans = sentences(visible.text)
        starts = [0, *(visible.places[start] for start, _ in spans[1:]), len(text)]
        pieces = [
            _Piece(text[starts[index] : starts[index + 1]], Sentence(start, end, visible.text[start:end]))
            for index, (start, end) in enumerate(spans)
        ]
        return pieces, find_problems(visible.text, self._evidence, self._heard, approved=self._approved)

    def _faults(self, piece: _Piece, problems: list[Problem]) -> dict[str, str]:
        """Rule -> where it would have had to come from."""
        found = {item.rule: item.source for item in problems if piece.seen.holds(item.start, item.end)}
        if turns_around(piece.text):
            found[rules.HIDDEN] = ""
        if agrees(piece.seen, self._demands):
            found[rules.AGREES] = "policies"
        if not found and repeats(piece.seen, self._demands):
            found[rules.REPEATS] = "policies"
        if not found and not self._approved and (rule := find_unsourced(piece.seen.text, self._heard.readings)):
            found[rule] = ""
        return found

    def _blocks(self, piece: _Piece, found: dict[str, str]) -> list[Blocked]:
        return [
            Blocked(rule, piece.text.strip(), source=source, version=self._evidence.version)
            for rule, source in found.items()
        ]
