"""Understanding on this machine: known phrases and wordings, a trained head over one vector, finders of facts."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.domain.facts import FoundFact, Witness
from core.domain.firm import Firm
from core.domain.turn import Turn, Understood
from core.domain.vocabulary import QUESTIONS
from core.ports import Embedder
from core.understanding.acts import PROVEN_BY, RecognizedActs, choose_acts, known_acts
from core.understanding.batch import Batch, find_batch, mark_all_numbers
from core.understanding.clauses import find_clause_acts, find_polite_acts
from core.understanding.facts.catalogue import Catalogue
from core.understanding.facts.extract import find_facts
from core.understanding.facts.second_reading import NUMBERS
from core.understanding.facts.span import Context
from core.understanding.guarded import find_denied_acts, find_guarded_acts, read_wordings
from core.understanding.head import Head
from core.understanding.language import LanguageDetector
from core.understanding.number_reader import NumberReader, build_number_reader
from core.understanding.phrases import find_known_sentences, read_phrases
from core.understanding.reading import Reading, read_message
from core.understanding.text import READ_CHARACTERS

_ANSWERED_BY = PROVEN_BY | {
    "name": "give_contact",
    "company": "give_contact",
    "city": "give_contact",
    "deadline": "state_timing",
}
"""What a plain answer to the bot's own question does; giving any other fact states a need."""
_EXPECTED_WITH = {"state_budget": "budget", "state_timing": "deadline"}
_QUESTION = re.compile(r"[^,.;!?\n]*\?")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_LEAST_ASKED = 2
_RECENT = 3
"""Lines of the customer in which a phone may have begun."""
_TOLD_BESIDE = frozenset({"phone", "email", "name", "quantity"})
"""A line that gives some of these may end in a question that the line as a whole hides."""
_SURE = 0.5
_SURE_OF_PARTNER = 0.6
_MILD = ("greeting", "thanks", "agree", "decline")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was read by itself."""

    text: str
    vector: tuple[float, ...]
    acts: Mapping[str, float]


class LocalUnderstanding:
    """At most one embedding a turn and one a number in it; none for a button, a command, a known phrase or a plain
    answer."""

    def __init__(
        self,
        *,
        embedder: Embedder,
        detector: LanguageDetector,
        head: Head,
        numbers: NumberReader,
        tells_vector: bool = True,
    ) -> None:
        self._embedder = embedder
        self._tells_vector = tells_vector
        self._detector = detector
        self._head = head
        self._numbers = numbers
        self._phrases = read_phrases()
        self._wordings = read_wordings()
        self._catalogue: tuple[str, Catalogue] = ("", Catalogue())

    async def prepare(self) -> None:
        """Load what is heavy before the first customer waits for it. Raises Unavailable."""
        await asyncio.gather(
            self._embedder.embed_query("warm up"),
            self._numbers.prepare(),
            asyncio.to_thread(self._prepare_finders),
        )

    async def understand(self, turn: Turn) -> Understood:
        firm = turn.firm
        readings = [
            read_message(message, self._phrases, region=firm.region, texts=firm.channel_texts)
            for message in turn.messages
        ]
        context = await self._read_numbers(readings, self._context(turn, self._detect(turn, readings)))
        batch = find_batch(readings, context, turn.firm)
        certain = [act for reading in readings for act in reading.acts]
        certain += [_ANSWERED_BY.get(name, "state_need") for name in batch.answered]
        if not batch.open_texts:
            return _understood(known_acts(tuple(dict.fromkeys(certain))), context.language, batch)
        text = "\n".join(batch.open_texts)
        vector = await self._embedder.embed_query(text)
        chances = self._head.predict(text, vector if self._embedder.name == self._head.embedder else None)
        denied = find_denied_acts(text, self._wordings)
        chances = {act: chance for act, chance in chances.items() if act not in denied}
        batch = _find_implied(batch, chances, readings, context, turn.firm)
        beside = find_clause_acts(text, self._head)
        chances |= {act: max(chance, chances.get(act, 0.0)) for act, chance in beside.items()}
        asked = await self._ask_again(text, batch, chances)
        acts = choose_acts(
            {**chances, **(asked.acts if asked else {})},
            worded=(*certain, *self._find_worded(text)),
            proved=_proved(batch),
        )
        query = text if text != turn.text else None
        query, vector = (asked.text, asked.vector) if asked else (query, vector)
        return replace(
            _understood(acts, context.language, batch), vector=vector if self._tells_vector else None, query=query
        )

    async def _read_numbers(self, readings: Sequence[Reading], context: Context) -> Context:
        if NUMBERS & context.expected:
            return context
        return replace(context, numbers=await self._numbers.read(mark_all_numbers(readings, context)))

    async def _ask_again(self, text: str, batch: Batch, chances: Mapping[str, float]) -> _Asked | None:
        """A question at the end of a line full of facts ("Олег, 067…, 3 шт, а яка гарантія?") is read by itself."""
        asked = _QUESTION.search(text)
        told = _TOLD_BESIDE & {fact.name for fact in batch.facts}
        known = any(chances.get(act, 0.0) >= _SURE for act in QUESTIONS)
        if asked is None or not told or len(asked.group().split()) < _LEAST_ASKED or asked.group() == text:
            return None
        question = asked.group().strip(" ,-")
        vector = await self._embedder.embed_query(question)
        alone = self._head.predict(question, vector if self._embedder.name == self._head.embedder else None)
        acts = {} if known else {act: alone[act] for act in QUESTIONS if alone.get(act, 0.0) > chances.get(act, 0.0)}
        return _Asked(question, vector, acts) if known or any(chance >= _SURE for chance in acts.values()) else None

    def _prepare_finders(self) -> None:
        self._detector.prepare()
        find_facts("Олена, Київ, 067 000 00 00", Context(today=date.min))

    def _detect(self, turn: Turn, readings: Sequence[Reading]) -> str:
        written = "\n".join(reading.message.text[:READ_CHARACTERS] for reading in readings if reading.is_written)
        known, default = turn.conversation.language, turn.firm.default_language
        earlier = [line.text for line in turn.history if line.role == "customer"]
        if earlier and not any(self._detector.tells(self._without_names(text, turn.firm)) for text in earlier):
            known = None  # nothing but names until now: what was taken for the language was the firm's own
        return self._detector.detect(self._without_names(written, turn.firm), known=known, default=default)

    def _without_names(self, text: str, firm: Firm) -> str:
        """A product's Latin name is written alike in all languages, and says nothing of the language."""
        for mention in self._catalogue_of(firm).find(text):
            product = firm.product(mention.sku)
            names = [name.casefold() for name in product.names.values()] if product else []
            for start, end in mention.parts:
                word = text[start:end].casefold()
                if word.isascii() and all(word in name for name in names):
                    text = text[:start] + " " * (end - start) + text[end:]
        brands = self._catalogue_of(firm).brands
        return _LATIN.sub(lambda word: " " if word.group().casefold() in brands else word.group(), text)

    def _context(self, turn: Turn, language: str) -> Context:
        memory = turn.conversation.memory
        last = turn.playbook.find_move(memory.last_move) if memory.last_move else None
        told = sorted(turn.facts.values(), key=lambda fact: fact.at)
        return Context(
            today=turn.firm.today(turn.now),
            language=language,
            region=turn.firm.region,
            currency=turn.firm.currency,
            expected=frozenset({last.asks} if last and last.asks else ()),
            known={fact.name: fact.value for fact in told},
            recent="\n".join([line.text for line in turn.history if line.role == "customer"][-_RECENT:]),
            catalogue=self._catalogue_of(turn.firm),
        )

    def _catalogue_of(self, firm: Firm) -> Catalogue:
        if self._catalogue[0] != firm.version:
            self._catalogue = (firm.version, Catalogue.build(firm.products))
        return self._catalogue[1]

    def _find_worded(self, text: str) -> tuple[str, ...]:
        mild = (act for act in find_known_sentences(text, self._phrases) if act in _MILD)
        return (*find_guarded_acts(text, self._wordings), *mild, *find_polite_acts(text, self._phrases))


def build_local_understanding(
    embedder: Embedder,
    languages: Sequence[str] = ("uk", "ru", "en"),
    *,
    numbers: Embedder | None = None,
    tells_vector: bool = True,
) -> LocalUnderstanding:
    """With the head that ships. Raises Unavailable when its file cannot be read. `tells_vector`: the search sees texts
    by the same embedder, so that the turn's vector is of use to it; `numbers` sees marked numbers; None = the words
    around a number tell alone what it is."""
    return LocalUnderstanding(
        embedder=embedder,
        detector=LanguageDetector(languages=languages),
        head=Head.load(),
        numbers=build_number_reader(numbers),
        tells_vector=tells_vector,
    )


def _find_implied(
    batch: Batch, chances: Mapping[str, float], readings: Sequence[Reading], context: Context, firm: Firm
) -> Batch:
    """Facts found only once the act is known: "больше 8к не дам" is a budget, and partners say it in many ways."""
    implied = {fact for act, fact in _EXPECTED_WITH.items() if chances.get(act, 0.0) >= _SURE}
    names = {fact.name for fact in batch.facts}
    if implied - names:
        again = find_batch(readings, replace(context, implied=frozenset(implied)), firm)
        batch = replace(batch, facts=again.facts)
    if "role" not in names and chances.get("ask_partnership", 0.0) >= _SURE_OF_PARTNER:
        message = next(reading.message for reading in reversed(readings) if reading.text.strip())
        partner = FoundFact("role", "partner", Witness(message.id, 0, len(message.text)))
        batch = replace(batch, facts=(*batch.facts, partner))
    return batch


def _proved(batch: Batch) -> list[str]:
    return [PROVEN_BY[fact.name] for fact in batch.facts if fact.name in PROVEN_BY]


def _understood(acts: RecognizedActs, language: str, batch: Batch) -> Understood:
    return Understood(
        language=language,
        act=acts.first,
        acts=acts.acts,
        probability=acts.probability,
        facts=batch.facts,
        sku=batch.sku,
    )
