"""What a customer wants agreed to that the firm does not vouch for, and replies that agree or say it after him."""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.domain import review_rules as rules
from core.domain.amounts import find_amounts
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
    r"deal|agreed?|i\s+confirm|confirmed|we\s+confirm|as\s+you\s+(?:say|wish|said)|you(?:'re|\s+are)\s+right|"
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
_ASKED_ONLY = frozenset({rules.CONTACT, rules.LINK, rules.STOCK})
_MONEY = frozenset({rules.AMOUNT, rules.OTHER_PRODUCT, rules.DISCOUNT})
_BUDGET = re.compile(r"бюджет|budget", re.I)


@dataclass(frozen=True, slots=True)
class Demands:
    """`now`: whether this turn's messages want something untraced; `numbers` are those of all such wishes."""

    now: bool
    numbers: frozenset[Decimal]


NO_DEMANDS = Demands(False, frozenset())


def find_demands(heard: Heard, evidence: Evidence) -> Demands:
    now, numbers = _untraced(heard.text, evidence)
    _, earlier = _untraced(heard.before, evidence)
    vouched = {number for line in evidence.lines for number in line.numbers} | {row.price for row in evidence.rows}
    return Demands(now or _HUMAN.search(heard.text) is not None, frozenset((numbers | earlier) - vouched))


def agrees(sentence: Sentence, demands: Demands) -> bool:
    """A plain yes, or a word that seals a bargain, to what nobody vouches for."""
    if not demands.now or sentence.is_question:
        return False
    if any(not is_denied(sentence.text, *match.span()) for match in _AGREES.finditer(sentence.text)):
        return True
    yes = _YES.match(sentence.text)
    return yes is not None and not stems(sentence.text[yes.end() :])


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
        if problem.rule not in _ASKED_ONLY and not _BUDGET.search(_around(seen, problem.start))
    ]
    money = [problem for problem in found if problem.rule in _MONEY]
    numbers = {
        number for problem in money for number in read_numbers(seen[problem.start : problem.end]) if number >= 10
    }
    for amount in find_amounts(seen, evidence.names):
        if amount.value and any(problem.start <= amount.start < problem.end for problem in money):
            numbers.add(amount.value)
    return bool(found), numbers


def _around(text: str, at: int) -> str:
    return text[max(0, at - 40) : at + 40]
