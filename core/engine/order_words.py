"""What is said of an order: what it comes to, when it comes, when sold-out goods are back, and giving things back."""

from collections.abc import Mapping
from typing import Final

ORDER: Final[Mapping[str, str]] = {
    "total": (
        r"\b(?:скільки|яка сума|яка буде сума|на яку суму|в яку суму|почому|сколько|какая сумма|на какую сумму|"
        r"how much|what)\b"
        r"[^.!?\n]{0,30}\b(?:разом|всього|усього|загалом|вийде|виходить|в сумі|у сумі|за (?:все|всіх|обидв\w+|"
        r"обоє|обох)|"
        r"все це|вместе|всего|итого|выйдет|выходит|в сумме|за (?:вс[её]|обоих|оба|обе)|вс[её] это|"
        r"together|in total|altogether|all in(?: all)?|total|for (?:both|all|everything|the lot)|all (?:that|"
        r"this))\b|"
        r"порахуй(?:те)?\b|підрахуй(?:те)?\b|підсумуй\w*|підбий\w*|загальн\w+ (?:сум|варт|цін)\w+|"
        r"скільки з мене|скільки я (?:буду )?вин\w+|до сплати|посчита(?:й|йте|ешь|ете)\b|подсчита\w+|"
        r"общ\w+ (?:сумм|стоимост|цен)\w+|"
        r"сколько с меня|сколько я должен|к оплате|^\W*(?:итого|всього|усього|разом|всего|вместе|total)\W*$|"
        r"\b(?:the|grand|order|overall) total\b|total (?:price|cost|sum|amount)|\badd (?:it|that|them|this) up\b|"
        r"what does (?:it|that|this) (?:all )?come to|how much (?:is|are|would|will|for) (?:it|that|this|they|"
        r"them|everything) all\b"
    ),
    "together": (
        r"\b(?:разом|загалом|за все|все це|в сумі|у сумі|обидв\w+|обоє|обох|вместе|за вс[её]|вс[её] это|"
        r"в сумме|оба|обе|обоих|общ\w+|загальн\w+|together|altogether|both|everything|all)\b"
    ),
    "restock": (
        r"\b(?:коли|когда|when)\b[^.!?\n]{0,40}(?:наявн|наличи|з['’ʼ]?яв|появ|заве[зс]|привез|надій|поступ|"
        r"буд(?:е|уть) знов|"
        r"знову буд|снова буд|опять буд|in stock|restock|back\b|available|arriv|get (?:more|it in|them in|another)|"
        r"you (?:have|get) (?:it|them|any|more|one))|"
        r"\b(?:коли|когда) (?:він |вона |вони |она |он |они )?(?:буде|будут|будуть|будет)\W*$|"
        r"\b(?:чи )?(?:очіку|ожида|планиру|плану)\w+[^.!?\n]{0,15}(?:надходж|поставк|поступлен|завоз)|"
        r"\b(?:any|next) (?:restock|deliver\w+ of|batch)|expect more|"
        r"expecting (?:any |some )?(?:more|of them|it\b|them\b)"
    ),
    "return": (
        r"\b(?:хо(?:чу|чемо|тів|тіла|тим)|можна|можу|як|мож[не]о?|могу|хотел\w*|want(?:ed)?|can|could|how|"
        r"like)\b[^.!?\n]{0,25}"
        r"\b(?:поверн(?:ути|ення|у)\b(?! (?:в|до) (?:розмов|тем))|здати (?:назад|його|її)|обмін(?:яти|у|ювати)|"
        r"вернуть\b(?! (?:к|в) (?:разговор|тем))|возврат\w*|обменя\w+|сдать (?:назад|обратно|его|её|ее)|"
        r"return (?:it|this|that|them|the|my|a|an)|send (?:it|this|them) back|give (?:it|this|them) back|"
        r"exchange (?:it|this|them|my|the)|"
        r"(?:a|the|my) returns?)|"
        r"^\W*(?:оформ\w+ )?(?:повернення|возврат|return|refund)\b"
    ),
    "delivery_time": (
        r"\b(?:за скільки|за сколько|як (?:швидко|скоро)|как (?:быстро|скоро)|скільки (?:днів|часу|чекати|їхати)|"
        r"сколько (?:дней|времени|ждать|ехать)|коли|когда|how (?:fast|soon|quick(?:ly)?|long)|when)\b[^.!?\n]{0,45}"
        r"(?:приїд|приїзж|приед|приезж|привез|достав|довез|дійд|дойд|доїд|доед|прийд|прид[её]т|буде в |будет в |"
        r"отрима|получ|"
        r"\bget (?:it|them|this|that|one|here|there|to)|\bsend|\bship|deliver|arriv|reach|receive|be here|"
        r"be there|have it)|"
        r"\b(?:за скільки днів|за сколько дней|скільки чекати|сколько ждать|скільки їхатиме|"
        r"сколько (?:ехать|едет|идёт|идет)|"
        r"як швидко|как быстро|how (?:fast|soon|quick(?:ly)?))\W*(?:$|\n|(?:до|в|у|to|in)\b)"
    ),
    "notify": (
        r"\b(?:повідом|сповіст|напиш|дай\w* знати|маякн|сообщ|дай\w* знать|напомн|нагада)\w*[^.!?\n]{0,25}"
        r"(?:коли|як(?:що)? |щойно|когда|как |если)[^.!?\n]{0,20}(?:з['’ʼ]?яв|буд|наявн|наличи|появ|надій|поступ|приїд|"
        r"привез|завез)|"
        r"\b(?:let me know|tell me|notify me|message me|write me|text me|ping me|drop me a line)\b[^.!?\n]{0,20}"
        r"\b(?:when|if|once|as soon as)\b[^.!?\n]{0,20}\b(?:back|in stock|here|available|arriv\w*|in\b|there|get)"
    ),
    "bought": (
        r"^(?![^?]*\?)(?!.*\b(?:ще|ещ[её]|знов\w*|снова|опять|again|another|more|потріб\w+|треба|нуж\w+|надо|"
        r"need|want to|"
        r"порад\w+|посовет\w+)\b)(?=.*\b(?:купи(?:в|ла|ли|л)|куп(?:ував|увала|ляв|овал\w*)|покупал\w*|замов(?:ив|ила|или|ляв\w*|ляла)|"
        r"заказ(?:ал|ала|али|ывал\w*)|отрима(?:в|ла|ли)|получи(?:л|ла|ли)|брав|брала|брали|брал|вз(?:яв|яла|яли|ял)|"
        r"bought|ordered|purchased|received)\b)"
        r"(?=.*(?:\b(?:у|в) вас\b|\bвчора|\bвчера|тиждень|тижн|недел|місяц|месяц|\bтому\b|\bназад\b|нещодавно|недавно|"
        r"позавчора|at yours|from you|yesterday|\bago\b|last (?:week|month|year)|recently|the other day)).*"
    ),
    "similar": (
        r"\b(?:похож|схож|подібн|аналог|альтернатив)\w*|\b(?:чим|чем) (?:замінити|заменить)|\bзамін[ауи]\b|"
        r"\bзамен[ауы]\b|"
        r"\bsimilar\b|\balternatives?\b|\b(?:something|anything) (?:like (?:it|that)|close to)"
    ),
}
