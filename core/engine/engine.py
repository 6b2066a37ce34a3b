"""One turn, from what people wrote to what we answer: understand, decide, search, compose, review."""

import time
from dataclasses import replace
from typing import Any

from core.domain.allowance import TURN_SECONDS, Allowance
from core.domain.firm import Firm
from core.domain.playbook import Playbook
from core.domain.turn import Action, Blocked, Decision, Draft, Found, Reviewed, Turn, TurnResult, Understood
from core.engine.audience import choose_playbook
from core.engine.backing import is_backed
from core.engine.choices import has_clear_fit, pick_for_need
from core.engine.compose import Brief, TemplateComposer
from core.engine.decide import decide
from core.engine.partner_words import as_partner, reword
from core.engine.person_part import heed_person
from core.engine.questions import asks_price, is_about_terms, split_questions
from core.engine.refer import changed_mind, refer, renew, turn_to_new_need
from core.engine.result import Written, build_result
from core.engine.review import Heard, Reviewer, build_heard
from core.engine.search import search
from core.engine.second_look import is_answer, is_passed_over, may_be_answered, may_be_question, may_be_shown
from core.engine.shelf import Shelf
from core.engine.shelf_fit import Wanted
from core.engine.shown import becomes_focus, find_shown
from core.engine.situation import build_situation, focus
from core.engine.totals import build_total, find_sums
from core.engine.trace import build_trace
from core.engine.wishes import find_wishes
from core.engine.write import write
from core.ports import CommitmentReader, Knowledge, LanguageModel, StrategyValues, Understanding


class Engine:
    """Has no channel, no database and no clock in hand: a turn goes in, a result comes out."""

    def __init__(  # noqa: PLR0913 - the parts of a turn
        self,
        *,
        understanding: Understanding,
        knowledge: Knowledge,
        composer: TemplateComposer,
        model: LanguageModel | None = None,
        commitments: CommitmentReader | None = None,
        values: StrategyValues | None = None,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        self._understanding = understanding
        self._knowledge = knowledge
        self._composer = composer
        self._model = model
        self._commitments = commitments
        self._values = values
        self._turn_seconds = turn_seconds
        self._reviewer = Reviewer()
        self._shelf = ("", Shelf(()))

    async def take_turn(self, turn: Turn) -> TurnResult:
        started = time.perf_counter()
        shelf, turn = self._stock(turn.firm), heed_person(renew(turn))
        turn = replace(turn, allowance=Allowance(seconds=self._turn_seconds))
        understood = refer(turn, await self._understanding.understand(turn), shelf)
        if changed_mind(turn, understood, shelf):
            turn, understood = turn_to_new_need(turn, understood)
        playbook = choose_playbook(turn, understood, shelf)
        understood = as_partner(understood, turn, playbook)
        situation = build_situation(turn, understood)
        situation = replace(situation, clear_fit=has_clear_fit(turn, understood, shelf))
        decision = decide(turn, understood, situation, playbook, self._values, shelf)
        brief = await self._look_again(await self._look_up(turn, understood, decision, playbook))
        written = await self._write(brief)
        took: dict[str, Any] = {"engine_ms": round((time.perf_counter() - started) * 1000, 1)}
        if written.draft.trouble:
            took["model_trouble"] = list(written.draft.trouble)
        shown = find_shown(brief, written.reviewed.messages, shelf)
        written = replace(written, shown=shown, refocused=bool(shown) and becomes_focus(brief, shown, shelf))
        return build_result(brief, written, {**build_trace(brief, written.draft, written.reviewed), **took})

    def _stock(self, firm: Firm) -> Shelf:
        """Laid out anew only when the catalogue has changed."""
        if self._shelf[0] != firm.version:
            self._shelf = (firm.version, Shelf(firm.products))
        return self._shelf[1]

    async def _look_up(self, turn: Turn, understood: Understood, decision: Decision, playbook: Playbook) -> Brief:
        """Everything that the reply stands on: the product, the products shown, what the pages say on each question."""
        shelf, sku = self._stock(turn.firm), focus(turn, understood)
        picks = tuple(product for pick in decision.picks if (product := shelf.find(pick)))
        order = build_total(turn, understood, shelf)
        brief = Brief(turn, understood, decision, playbook, shelf.find(sku), Found(), picks=picks, order=order)
        if not decision.search:
            return brief
        question = reword(turn, understood, playbook)
        if question and (found := await self._ask(turn, understood, question)).enough:
            return replace(brief, found=found, question=question)
        if "ask_price" in understood.acts and sku is None and not picks:
            brief = replace(brief, picks=pick_for_need(turn, understood, shelf).products)
        if "ask_price" in understood.acts and "ask_terms" not in understood.acts and understood.sku is None:
            described = shelf.pick(Wanted(now=turn.text), turn.firm.today(turn.now)).products
            brief = replace(brief, asked_for=() if brief.product in described else described)
        if understood.act == "other" or is_about_terms(turn.text):
            sku = None  # the product under discussion would answer for what is not about it
        asked = [question for question in split_questions(turn.text) if not (sku and asks_price(question))]
        if not split_questions(turn.text) or not asked:
            return replace(brief, found=await search(turn, understood, sku, self._knowledge))
        founds = [await self._ask(turn, understood, question) for question in asked]
        if understood.sku and "ask_price" in understood.acts:
            return replace(brief, more=tuple(zip(asked, founds, strict=True)))
        first = next((at for at, found in enumerate(founds) if found.enough), 0)
        rest = tuple((q, f) for at, (q, f) in enumerate(zip(asked, founds, strict=True)) if at != first)
        return replace(brief, found=founds[first], question=asked[first], more=rest)

    async def _look_again(self, brief: Brief) -> Brief:
        """A question that was taken for something else is answered all the same when the pages know it."""
        is_question = may_be_question(brief.turn, brief.understood, brief.decision)
        if not is_question and not may_be_answered(brief.turn, brief.understood, brief.decision):
            return brief
        sku = brief.product.sku if brief.product else None
        found = await search(brief.turn, brief.understood, sku, self._knowledge)
        is_shown = may_be_shown(brief.turn, brief.understood, brief.decision) and (
            found.is_near or is_passed_over(brief.turn, brief.understood)
        )
        decision = brief.decision
        if not (found.enough or is_shown if is_question else is_answer(brief.turn, brief.understood, found, decision)):
            return brief
        rules = (*decision.rules, "the pages know what was asked: it is answered first")
        follow = decision.follow_move or (decision.move if decision.asks and not is_question else None)
        answer = replace(
            decision, move="answer", search=True, phrase=None, objection=None, follow_move=follow, rules=rules
        )
        return replace(brief, decision=answer, found=found)

    async def _ask(self, turn: Turn, understood: Understood, question: str) -> Found:
        """One of several questions: about a product only when it names one itself."""
        sku = next(iter(self._stock(turn.firm).mentions(question)), None)
        alone = replace(understood, query=question, vector=None, wishes=find_wishes(question))
        return await search(turn, alone, sku, self._knowledge)

    async def _write(self, brief: Brief) -> Written:
        """The model's words when there is a model and they pass review; the approved ones otherwise."""
        today = brief.turn.firm.today(brief.turn.now)
        approved, answered = self._composer.compose(brief)
        sku = brief.product.sku if brief.product else None
        founds = [brief.found, *(found for _, found in brief.more)]
        heard = build_heard(brief.turn, brief.understood, founds, sku, approved)
        heard = replace(heard, is_backed=is_backed(brief), sums=find_sums(brief.order))
        blocked: tuple[Blocked, ...] = ()
        if self._model and brief.decision.action is Action.REPLY and not brief.decision.phrase and answered:
            worded = await write(brief, approved, self._model, lambda draft: self._review(draft, brief, heard))
            if worded.reviewed:
                return Written(worded.draft, worded.reviewed, answered)
            approved, blocked = worded.draft, worded.blocked
        if brief.decision.phrase in ("my_data", "go_on_there"):
            # The customer's own words, told back: a budget among them is no price of ours. Or a link that was made
            # a moment ago, which no page of the firm can know.
            return Written(approved, Reviewed(approved.messages), answered)
        checked = self._reviewer.review(approved, brief.turn.firm, today, heard)
        if approved.messages and not checked.messages:
            approved, answered = self._composer.compose_unknown(brief)
            checked = Reviewed(approved.messages, checked.blocked)
        return Written(approved, Reviewed(checked.messages, blocked + checked.blocked), answered)

    async def _review(self, draft: Draft, brief: Brief, heard: Heard) -> Reviewed:
        """The rules first; what they have nothing to trace in is judged by the trained reader."""
        firm, today = brief.turn.firm, brief.turn.firm.today(brief.turn.now)
        reviewed = self._reviewer.review(draft, firm, today, heard)
        if reviewed.blocked or self._commitments is None:
            return reviewed
        sentences = self._reviewer.list_open(draft, firm, today, heard)
        if not sentences:
            return reviewed
        readings = dict(zip(sentences, await self._commitments.read(sentences), strict=True))
        return self._reviewer.review(draft, firm, today, replace(heard, readings=readings))
