"""The knowledge page's questions, asked of the same search and the same review that answer customers."""

from collections.abc import Sequence

from bots.brain import Brain, sync_knowledge
from bots.desk.parts import RefusedAnswer, Reindexed, SaidElsewhere, Tried
from bots.firm_files import FirmFiles
from bots.firms import FirmShelf
from bots.learned import Confirmed, build_document, is_learned, list_confirmed
from bots.rehearsal import Rehearsal, Rehearsed
from bots.said_elsewhere import find_said
from core.domain.messages import OutboundMessage
from core.domain.turn import Blocked, Draft, Query
from core.engine.review import Reviewer
from core.ports import Clock
from core.storage.database import Database
from rag.kept_questions import Kept
from rag.passages import Source, list_sources
from rag.quote import quote


class FirmKnowledge:
    def __init__(self, *, brain: Brain, firms: FirmShelf, database: Database, clock: Clock) -> None:
        self._brain = brain
        self._firms = firms
        self._database = database
        self._clock = clock
        self._reviewer = Reviewer()
        self._rehearsal = Rehearsal(engine=brain.engine, firms=firms, clock=clock)
        self.files = FirmFiles(firms=firms, database=database, clock=clock, reload=self.reindex)

    async def sources(self) -> Sequence[Source]:
        return await self._database.read(list_sources)

    async def test(self, question: str, language: str) -> Tried:
        found = await self._brain.retriever.search(Query(question, language))
        if not found.enough:
            return Tried(found, refused_by="below_cutoff")
        quoted = quote(found, question, language)
        if not quoted.text:
            return Tried(found, refused_by="no_sentence")
        answer, blocked = self._review(quoted.text)
        return Tried(found, answer, quoted.sources, blocked[0].rule if blocked else "")

    async def rehearse(self, question: str, language: str) -> Rehearsed:
        return await self._rehearsal.reply(question, language)

    async def kept_answers(self) -> Sequence[Kept]:
        return await self._brain.answers.kept(self._firms.firm.version)

    async def said_elsewhere(self, text: str) -> Sequence[SaidElsewhere]:
        return await self._database.read(lambda conn: find_said(conn, text))

    async def confirmed(self) -> Sequence[Confirmed]:
        return await self._database.read(list_confirmed)

    async def confirm(self, key: str, question: str, answer: str, language: str) -> str:
        """Only what would pass review when it is said: a price or a term belongs into the firm's files first."""
        _, blocked = self._review(answer)
        if blocked:
            raise RefusedAnswer(blocked[0].rule, blocked[0].sentence, blocked[0].source)
        document = build_document(key, question, answer, language)
        await self._brain.ingest.add(document)
        return document.source

    async def retract(self, source: str) -> None:
        if not is_learned(source) or not await self._brain.ingest.retract(source):
            raise LookupError(f"no confirmed answer {source}")

    def _review(self, text: str) -> tuple[str, Sequence[Blocked]]:
        firm = self._firms.firm
        draft = Draft((OutboundMessage(text),), approved=True)
        reviewed = self._reviewer.review(draft, firm, firm.today(self._clock.now()))
        return "\n".join(message.text for message in reviewed.messages), reviewed.blocked

    async def reindex(self) -> Reindexed:
        """Read the folder anew; playbooks, prices and pages come into force together."""
        loaded = await self._firms.load()
        report = await sync_knowledge(self._brain, loaded)
        return Reindexed(report.added, report.changed, report.removed)
