"""What a customer wants agreed to that the firm does not vouch for, and replies that agree or say it after him."""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.domain import review_rules as rules
from core.domain.amounts import find_amounts
from core.domain.claim_words import GIFT
from core.domain.clauses import is_denied
from core.domain.visible import make_visible
from core.engine.review.evidence import Evidence, read_numbers
from core.engine.review.heard import NOTHING, Heard
from core.engine.review.judge import find_problems
from core.engine.review.support import Sentence
from core.engine.review.words import stems

_AGREES = re.compile(
    r"(?<!\w)(?:домовил\w+|домовлен\w+|погоджу\w+|згод(?:ен|на|ні|а)\b|підтверджу\w+|по\s+руках|буде\s+зроблено|"
    r"ваша\s+правда|ви\s+маєте\s+рацію|все\s+(?:вірно|правильно)|"
    r"договорил\w+|соглас(?:ен|на|ны|уюсь)\b|подтвержда\w+|по\s+рукам|будет\s+сделано|вы\s+правы|вс[её]\s+(?:верно|"
    r"правильно)|як\s+скажете|как\s+скажете|"
    r"(?:нехай|хай|пусть)\s+(?:і\s+|и\s+)?(?:буде|будет)\s+так|так\s+(?:і\s+зробимо|и\s+сделаем)|let\s+it\s+be\s+so|"
    r"so\s+be\s+it|"
    r"we'll\s+do\s+(?:it|that)|deal|agreed?|i\s+confirm|confirmed|we\s+confirm|as\s+you\s+(?:say|wish|said)|"
    r"you(?:'re|\s+are)\s+right|"
    r"that's\s+(?:right|correct)|absolutely|no\s+takesies\s+backsies)(?!\w)",
    re.I,
)
_YES = re.compile(
    r"\W*(?:(?:так|авжеж|звісно|звичайно|добре|гаразд|окей|ок|прийнято|зроблено|да|конечно|хорошо|ладно|принято|"
    r"сделано|верно|вірно|"
    r"yes|yeah|yep|sure|of\s+course|certainly|right|correct|exactly|ok|okay|done|fine|accepted|understood)\b\W*){1,3}",
    re.I,
)
_HUMAN = re.compile(
    r"\b(?:ти|ви|вы|ты|you)\b[^.!\n]{0,40}\b(?:людин|человек|жив(?:а|ий|ой|ая)\b|human|person|real|бот|робот|bot|"
    r"robot|менеджер|manager)",
    re.I,
)
_WISHES = re.compile(
    rf"(?<!\w)(?:{GIFT}|\w{{0,3}}брон(?:ю|ь|ир|ір)\w*|\w{{0,3}}резерв(?:у|ов|ир)\w*|reserve|hold\s+(?:it|one|the)|"
    rf"book\s+(?:me|it|one)|"
    r"(?:за|пере)телефонуй\w*|перезвони\w*|позвони\w*|call\s+me)(?!\w)",
    re.I,
)
_YOURS = re.compile(r"\b(?:ваш|твій|твоя|твой|your)", re.I)
_WANTS_WORD = re.compile(
    r"підтверд|подтверд|confirm|обіця|обеща|promis|домов|догов|погод|соглас|agree|\bdeal\b|згод|гарантуй|гарантируй|"
    r"guarantee|"
    r"(?<!\d)\d{3,}|\d[ \u00a0]\d{3}",
    re.I,
)
_NUMBERED = frozenset({rules.AMOUNT, rules.OTHER_PRODUCT, rules.DISCOUNT, rules.TERM, rules.GUARANTEE})
_BUDGET = re.compile(r"бюджет|budget", re.I)


@dataclass(frozen=True, slots=True)
class Demands:
    """`now`: whether this turn's messages want something untraced; `ever`: whether any did, or want our word on a sum;
    `numbers` are those of all such wishes."""

    now: bool
    ever: bool
    numbers: frozenset[Decimal]


NO_DEMANDS = Demands(False, False, frozenset())


def find_demands(heard: Heard, evidence: Evidence) -> Demands:
    now, numbers = _untraced(heard.text, evidence)
    before, earlier = _untraced(heard.before, evidence)
    now = now or any(wish.search(heard.text) for wish in (_HUMAN, _WISHES))
    wants_word = _WANTS_WORD.search(heard.text) is not None
    vouched = {number for line in evidence.lines for number in line.numbers} | {row.price for row in evidence.rows}
    return Demands(now, now or before or wants_word, frozenset((numbers | earlier) - vouched))


def agrees(sentence: Sentence, demands: Demands) -> bool:
    """A plain yes, or a word that seals a bargain, to what nobody vouches for."""
    if not demands.ever or sentence.is_question:
        return False
    if any(not is_denied(sentence.text, *match.span()) for match in _AGREES.finditer(sentence.text)):
        return True
    yes = _YES.match(sentence.text)
    return demands.now and yes is not None and not stems(sentence.text[yes.end() :])


def repeats(sentence: Sentence, demands: Demands) -> bool:
    """A number of the customer's untraced wish, without its currency or its sign."""
    return bool(demands.numbers & set(read_numbers(sentence.text))) and not _BUDGET.search(sentence.text)


def _untraced(text: str, evidence: Evidence) -> tuple[bool, set[Decimal]]:
    if not text:
        return False, set()
    seen = make_visible(text).text
    found = [
        problem
        for problem in find_problems(seen, evidence, NOTHING, approved=False)
        if not _BUDGET.search(_around(seen, problem.start))
        and (problem.rule != rules.CONTACT or _YOURS.search(_around(seen, problem.start)))
    ]
    money = [problem for problem in found if problem.rule in _NUMBERED]
    numbers = {
        number for problem in money for number in read_numbers(seen[problem.start : problem.end]) if number >= 10
    }
    for amount in find_amounts(seen, evidence.names):
        if amount.value and any(problem.start <= amount.start < problem.end for problem in money):
            numbers.add(amount.value)
    return bool(found), numbers


def _around(text: str, at: int) -> str:
    return text[max(0, at - 40) : at + 40]
