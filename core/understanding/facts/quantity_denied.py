"""What rules a number out as a count of goods, whatever else is said."""

import re

from core.understanding.facts import quantity_wordings as says
from core.understanding.facts.budget import is_changed
from core.understanding.facts.budget_wordings import ABOUT, MONEY_AFTER, OWN_MONEY
from core.understanding.facts.clause import text_before
from core.understanding.facts.counting import Counted, Counting
from core.understanding.facts.quantity_otherwise import counts_otherwise
from core.understanding.facts.span import MASK, Context
from core.understanding.facts.tense import is_past
from core.understanding.facts.wanting import WANT

_CLOSE = 3
_MOST_AFTER = 5
_LEAST_AGE, _MOST_AGE = 4, 99
_MOST_BARE = 5_000
_HAVE_IT_DONE = re.compile(
    r"(?<!\w)(?:sent|shipped|delivered|made|printed|brought|packed|wrapped|posted|couriered|dispatched|installed)"
    r"(?=$|[\s,.!?]+(?:$|(?:to|by|in|at|for|on|with|before|over|out|up|directly|straight|asap|as|tomorrow|today)(?!\w)))"
)
"""Of goods that are wanted: "I want ten chairs sent to the office" tells of no past."""
_PUT_DOWN = re.compile(
    r"(?<!\w)(?:put (?:me|us) down for|sign (?:me|us) up for|count (?:me|us) in for|запиш\w+ (?:мене|нас|меня|за мною"
    r"|за мной|на мене|на меня)|(?:по)?рахуйте (?:мене|нас) на|(?:по)?считайте (?:меня|нас) на)\s$"
)
_LINE_OF_ONE = re.compile(
    r"\W*(?!(?:питан|вопрос|момент|прохан|просьб|справ|дел[оа]|проблем|умов|услов|причин|наді|надежд|порад|совет|думк"
    r"|мысл|біда|беда|правил|різниц|разниц|вимог|требован|відповід|ответ|зауваж|замеч|мам|дитин|доч|донь|людин|жінк|женщин"
    r"|я |вона |она |річ|вещь))[а-яіїєґ'-]{4,}(?: [а-яіїєґ'-]{4,})?\s"
)
_LINE_GOES_ON = re.compile(
    r"(?:,|\.) ?(?:бюджет|доставк|достав|самовив|самовыв|оплат|відправ|отправ|нова пошта|новая почта|пошт|почт|до \d"
    r"|тел(?!\w)|адрес)"
)
"""Around "one": an order put as a list, not "there is one problem"."""
_COUNTED_WORD = re.compile(r"^\s?-?[^\W\d_]+")


def is_denied(folded: str, counting: Counting, context: Context) -> bool:
    """A part of a name, a sum of money, an age, the past, or a condition."""
    clause = counting.clause
    if number_each(counting) or says.EACH_AFTER.match(clause.after) or says.AT_ONCE.match(clause.after):
        return True
    if OWN_MONEY.search(clause.before) or MONEY_AFTER.match(clause.after):
        return True
    near = " ".join(clause.before.split()[-_CLOSE:]), " ".join(clause.after.split()[:_CLOSE])
    if any(says.CONDITION.search(words) for words in near) or _is_in_name(folded, counting):
        return True
    if says.DISCOUNT.search(clause.text) and says.RULE.search(clause.before):
        return True
    if counts_otherwise(folded, counting):
        return True
    return _is_told(counting) or _is_bare_of_other(folded, counting, context)


def number_each(counting: Counting) -> bool:
    """ "One t-shirt each" """
    return counting.count == 1 and says.FOR_EACH.search(" ".join(counting.clause.after.split()[:_CLOSE])) is not None


def is_really_counted(folded: str, counting: Counting) -> bool:
    """ "Хочу один стілець", "one box", not "the black one" or "one moment"."""
    clause, after = counting.clause, counting.after
    has_unit = counting.counted is Counted.UNIT
    if is_only(folded, counting):
        return True
    only = has_unit and clause.before.rstrip().endswith("only")
    again = says.OF_THEM.match(after) is not None and counting.number.value > 1 and WANT.search(clause.before)
    if again:
        return True
    if (says.VAGUE_BEFORE.search(clause.before) and not only) or says.VAGUE_AFTER.match(after):
        return False
    if counting.is_last and says.NOUN_AND_ONE.search(clause.before) and WANT.search(clause.before):
        return True
    if has_unit:
        return True
    near = clause.before.split()[-3:] or clause.after.split()[:3]
    if says.ONLY_BEFORE.search(clause.before):
        return counting.counted is Counted.NOUN or (counting.is_last and folded[counting.number.end :].startswith(","))
    both = says.BOTH.match(folded, counting.number.start) is not None
    starts = not both and not counting.lead and not clause.is_question and counting.counted is Counted.NOUN
    if counting.is_last and not clause.before.strip():
        return WANT.search(text_before(folded, counting.number.start)) is not None
    return (starts and len(clause.after.split()) <= _MOST_AFTER) or WANT.search(" ".join(near)) is not None


def _is_line_of_one(folded: str, counting: Counting) -> bool:
    """ "Put me down for one.", "кавоварка одна, доставка у Львів" """
    clause, number = counting.clause, counting.number
    if clause.is_question or not counting.is_last:
        return False
    if _PUT_DOWN.search(clause.before):
        return True
    line = _LINE_OF_ONE.fullmatch(clause.before) and counting.count == 1
    return bool(line and _LINE_GOES_ON.match(folded, number.end))


def is_only(folded: str, counting: Counting) -> bool:
    """ "Just the one, thanks", "мені одну" and "ok, three then" are whole messages; "just one" may answer anything."""
    number = counting.number
    if number.value > _MOST_BARE or number.scale > 1:
        return False
    if _is_line_of_one(folded, counting):
        return True
    if says.ONLY_BEFORE.search(counting.clause.before) and folded[number.end :].startswith(","):
        return True
    start = max(folded.rfind(mark, 0, number.start) for mark in ".!?\n") + 1
    if not (says.POLITE.search(folded[start : number.start]) or says.POLITE.match(folded[number.end :].lstrip(" ,"))):
        return False
    return bool(
        (says.ONLY.fullmatch(folded, start, number.start) or not folded[start : number.start].strip())
        and says.ONLY_AFTER.match(folded, number.end)
    )


def _is_in_name(folded: str, counting: Counting) -> bool:
    number = counting.number
    before, clause_before = text_before(folded, number.start), counting.clause.before
    if before.endswith(("$", "€", "£", "₴")) or says.NAME_BEFORE.search(clause_before):
        return True
    bare = counting.counted is Counted.NOTHING and not number.worded
    if counting.placed and not WANT.search(clause_before.rsplit(maxsplit=1)[-1]):
        return True
    if bare and says.NAMED_PLACE.search(before):
        return True
    latin = not number.worded and says.LATIN_BEFORE.search(before) and says.CYRILLIC.search(folded)
    return bool(latin) and counting.counted is not Counted.UNIT


def _is_told(counting: Counting) -> bool:
    """The past, what is there already, what a thing can do."""
    clause = counting.clause
    text = f"{clause.before.rpartition(MASK)[2]}\0{_COUNTED_WORD.sub(' ', clause.after, count=1)}"
    told = [match for match in says.NOT_ORDERED.finditer(text) if not says.SAME_AS.search(text[: match.start()])]
    if told:
        return True
    before = clause.before
    if WANT.search(before):
        text = _HAVE_IT_DONE.sub(" ", text)
    if says.SAME_AS.search(before) is None and is_past(_until_same(text)):
        return not says.FIX.search(before)
    return False


def _until_same(text: str) -> str:
    """ "Twelve boxes, as we took before": what a comparison tells is not the order."""
    same = re.search(r"(?<!\w)(?:як|как|like|as|same as|що|які|что|которые|that|which)\s", text)
    return text[: same.start()] if same and "\0" in text[: same.start()] else text


def _is_bare_of_other(folded: str, counting: Counting, context: Context) -> bool:
    """A number without a noun that is rather money or an age."""
    number, clause = counting.number, counting.clause
    if counting.counted is not Counted.NOTHING:
        return False
    if (counting.is_last and number.scale > 1 and ABOUT.search(clause.before)) or says.MONEY_LIKE.search(clause.before):
        return True
    if counting.is_last and is_changed(number, context):
        return True
    aged = not number.worded and _LEAST_AGE <= number.value <= _MOST_AGE and says.AGE_BEFORE.search(clause.before)
    return bool(aged) and counting.is_last and "quantity" not in context.expected and not _wished(folded, context)


def _wished(folded: str, context: Context) -> bool:
    return WANT.search(context.earlier.lower()) is not None
