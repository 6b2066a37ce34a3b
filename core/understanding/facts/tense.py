"""Whether a clause tells of the past: what was bought, paid or seen is neither ordered nor to be spent."""

import re

from core.understanding.facts.name import first_names
from core.understanding.facts.wording import any_of

_MEANT = any_of(
    r"""
    (?:прос|попрос|asked)(?=и|$| )
    (?:хоті|хтіл|дума|гада|планува|розрахов|збира|надума|виріши|визначи|сподіва|домови|прикину|прикида|мрі|обрав|обрал)
    (?:поради|порадж|зібра|назбира|накопич|накопи|відкла|скинул|виділ|погод|дозвол|затверд|закла|прид|ріши|домовл|зупини|останови|settled|decided)
    (?:хоте|план|рассчит|собра|собир|реши|определи|надея|договори|мечта|выбра|посовет|отложи|скопи|выдел|соглас|разреш)
    (?:утверд|залож|замеч|присмотр|придивля|передум)
    wanted|needed|planned|hoped|decided|intended|agreed|settled|managed|saved|allotted|allocated|approved|budgeted
    wished|supposed
    """
)
"""Wishes and sums put by are told in the past too."""
_CONDITIONAL = re.compile(r"^\s?(?:б|би|бы)(?!\w)")
_PURPOSE = re.compile(r"(?<!\w)(?:щоби?|аби|якби|чтобы?|если бы)\s(?:\S+\s){0,2}$")
_NEEDED = re.compile(r"(?:треба|потрібн\w+|надо|нужн\w+|можна|можно|ліпше|краще|лучше|идеально|ідеально)\s$")
_PRINCIPAL = re.compile(
    r"(?<!\w)(?:шеф|бос|начальни|начальств|керівни|руковод|директор|власни|дружин|чолові|жен|муж|мам|тат|пап|бат|син"
    r"|доч|бабус|тещ"
    r"|boss|wife|husband|manager|mum|mom|dad|son|daughter)\w*(?: \S+){0,2} (?:сказа|проси|попроси|дав|дал|дозволи"
    r"|said|asked|gave)"
)
"""Whose word is an order or an allowance: "mum asked for two", "the boss said up to a thousand"."""
_NO_VERB = re.compile(
    r"(?:матеріал|материал|бокал|журнал|канал|зал|метал|сигнал|портал|персонал|термінал|терминал|оригінал|оригинал"
    r"|шкал|скал|сил|пил|бджол|тіл|діл|дел|цел|ціл|сел|мил|тарел|куль|кул|стріл|стрел|бул|тепл|біл|бел|мал|світл|вил"
    r"|кіл|кил|корпорат|мот|акт|негат|позит|колект|кварт|коллект|арх|отдел|відділ|модел|стул|рукав|сплав|кав|справ"
    r"|страв|зл|стил|профіл|капітал|капитал|універсал|универсал|печ)"
    r"(?:ла|ли|ло|а|и|о|ив|ал|ил)?$"
)
_VERB = re.compile(
    r"(?<!\w)(?:"
    r"\w+[аиіїуыеєя](?:ла|ли|ло|вся|лась|лися|лись|лася|лось|лося|лся)|\w{2,}[аияу]в|\w{2,}[аиыяеу]л"
    r"|(?:при|за|зо|со|у|від|от|до|пере|вы|ви|с|з|под|під|пере)?(?:нес|віз|вез|вёз|ніс|нёс|міг|мог|йшов|шёл|шел|йшл[аои]?"
    r"|шл[аои]?|вел"
    r"|вёл|жг|ж[её]г)"
    r"(?:ла|ли|ло|ся|лися|лись)?"
    r"|бра(?:в|л|ла|ли)|взя(?:в|л|ла|ли)|їв|їла|їли|пив|пила|пили|ел|ела|ели|був|була|були|было|был|была|были|було"
    r"|зламав\w*|згорі\w+|сгоре\w+)(?!\w)"
)
_ENGLISH = any_of(
    r"""
    bought|paid|spent|gave|took|saw|heard|lost|sold|sent|had
    (?:was|were)(?! (?:thinking|hoping|going to|planning|looking))|went|burn(?:ed|t)|came|broke|drank|ate|found
    told|said|brought|made|used to|charged|received|ordered|arrived|refunded|transferred|promised|quoted|emailed
    rang|wrote|lent|stood|sat|ran|won|grew|kept|met|fell|shipped (?:us|me)|cost me|got (?:from|at|in)
    (?:i|we|you|they|he|she|it|who|(?:my|our|his|her|their|the|a) \w+)(?: \w+ly| already| also| even)? \w{3,}ed
    """,
    after=r"(?!\w)",
)


def is_past(clause: str) -> bool:
    """Of a folded clause; wishes ("хотіла б", "wanted") do not count."""
    if _PRINCIPAL.search(clause):
        return False
    for match in _VERB.finditer(clause):
        word = match.group()
        if (
            _MEANT.match(word)
            or _NO_VERB.fullmatch(word)
            or word in first_names()
            or _CONDITIONAL.match(clause[match.end() :])
        ):
            continue
        before = clause[: match.start()]
        if not (_NEEDED.search(before) or _PURPOSE.search(before)):
            return True
    return any(not _MEANT.search(match.group()) for match in _ENGLISH.finditer(clause))
