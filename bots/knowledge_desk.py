"""The knowledge page's questions, asked of the same search and the same review that answer customers."""

from collections.abc import Sequence

from bots.brain import Brain, sync_knowledge
from bots.desk.parts import Reindexed, Tried
from bots.firms import FirmShelf
from core.domain.messages import OutboundMessage
from core.domain.turn import Draft, Query
from core.engine.review import Reviewer
from core.ports import Clock
from core.storage.database import Database
from rag.passages import Source, list_sources
from rag.quote import quote


class FirmKnowledge:
    def __init__(self, *, brain: Brain, firms: FirmShelf, database: Database, clock: Clock) -> None:
        self._brain = brain
        self._firms = firms
        self._database = database
        self._clock = clock
        self._reviewer = Reviewer()

    async def sources(self) -> Sequence[Source]:
        return await self._database.read(list_sources)

    async def test(self, question: str, language: str) -> Tried:
        found = await self._brain.retriever.search(Query(question, language))
        if not found.enough:
            return Tried(found, refused_by="below_cutoff")
        quoted = quote(found, question, language)
        if not quoted.text:
            return Tried(found, refused_by="no_sentence")
        firm = self._firms.firm
        draft = Draft((OutboundMessage(quoted.text),), approved=True)
        reviewed = self._reviewer.review(draft, firm, firm.today(self._clock.now()))
        answer = "\n".join(message.text for message in reviewed.messages)
        return Tried(found, answer, quoted.sources, reviewed.blocked[0].rule if reviewed.blocked else "")

    async def reindex(self) -> Reindexed:
        """Read the folder anew; playbooks, prices and pages come into force together."""
        loaded = await self._firms.load()
        report = await sync_knowledge(self._brain, loaded)
        return Reindexed(report.added, report.changed, report.removed)
