"""How people say that they want something of the firm: asking, ordering, having it sent, made, counted or put by."""

from core.understanding.facts.wording import any_of

_WORDINGS = r"""
    треба|тре(?!\w)|потріб\w+|необхід\w+|знадоб\w+|требу\w+|нуж\w+|надо(?!\w)|нада(?!\w)|необходим\w*|понадоб\w+
    не хватает
    need\w*(?!\w)|requir\w+
    хоч[уе]\w*|хотів\w*|хотіл\w*|хтіл\w+|хотів|бажа\w+|хот(?:им|ел\w*|ите|елось)|жела(?:ю|ем|тельно)|want|wish
    would like|i'd like|we'd like|i'd love|we'd love|would love|i'd go|would be (?:nice|great|good|perfect|fine)
    візьм\w+|взя(?:ти|ть)(?!\w)|брати(?!\w)|брать(?!\w)|бер(?:у|ем|емо|ём|еш|ешь|ете|ёте|уть|ут|и|іть|ите)(?!\w)
    возьм\w+|забер[иуеё]\w*|забира\w+
    забрати|забрать|загреб\w+|take|taking|grab\w*|get(?:ting)?(?!\w| (?:back|to|there|here))
    go(?:ing)? (?:for|with)|i'll have|we'll have
    (?:не (?:відмов|откаж)\w+ від|не (?:відмов|откаж)\w+ от)
    купу(?:ю|ємо|єм|є)(?!\w)|покупа(?:ю|ем)(?!\w)|куп(?:ити|лю|имо|ляти|увати|ить|им|ил[аи]? бы?|ил[аи]? б)(?!\w)
    придба\w+|приобрест\w+|buy(?:ing)?(?!\w)|purchase
    куп(?:ив|ила|или|ил) (?:б|би|бы)(?!\w)
    замов(?!ник)\w+|закаж\w+|заказ\w*|закуп\w+|order(?:ing|s)?(?!\w)
    (?:за|о)?бронюй\w*|(?:за)?бронир\w+|бронь|резерв\w+|book(?:ing)?(?!\w)|reserv\w+
    да(?:й|йте|вай\w*|дите|сте|ш|вайте)(?!\w)|give (?:me|us)|gimme|let (?:me|us) have
    let's (?:say|do|have|go with|make|take)
    привез\w+|достав(?:те|ьте|ите|ити|ить|ляйте|иш\w*)|відправ(?:те|ляйте|ити)|отправ(?:ьте|ляйте|ить)
    (?:наді|при|ви|вы)шл\w+|відвантаж\w+|отгруз\w+|поставте|поставьте|поставить|везіть|везите|ship(?!\w)|send(?!\w)
    bring|deliver(?!\w)|dispatch
    дода(?:й|йте|ти|мо)(?!\w)|докин\w+|закин\w+|підкин\w+|добав\w+|подбрось\w*|закинь\w*|add(?!\w)|throw in|chuck in
    (?:по)?клад(?:и|іть|ите|іте|ить)(?!\w)|поклад\w+|ставте|полож(?:и|ите|ить)(?!\w)|put (?:\w+ )?(?:down|aside|by)
    put(?!\w)|відкладіть|відклади(?!\w)|отложите
    hold(?!\w)|set aside
    запакуй\w*|загорн\w+|упакуй\w*|заверн\w+|відсип\w+|насип\w+|насып\w+|отсып\w+|нал[иі]й\w*|pack(?!s|\w)|wrap(?!\w)
    (?:з|с)роб(?:іть|иш|ите|ити)(?!\w)|виготов\w+|надруку\w+|пошийте|пошити|напеч\w+|спеч\w+|сделай\w*|сдела(?:ть|ете)
    изготов\w+|пошить|пошейте|make(?!\w)|print(?!\w)|produce(?!\w)|bake(?!\w)
    порах\w+|прорах\w+|розрах\w+|посчит\w+|просчит\w+|рассчит\w+|вистав(?:те|ити|ляйте)|выстав(?:ьте|ить|ляйте)
    оформ\w+|виписуйте|випиш\w+|выпиш\w+|quote (?:me |us )?(?:for|on)|price (?:for|on)|invoice (?:me |us )?for
    count (?:me|us) in
    запи(?:с|ш)(?!к)\w*|sign (?:me|us) up|put (?:me|us) down
    виправте|виправ|змініть|поміняйте|исправьте|измените|поменяйте|change (?:it|that) to
    (?:можна|можно)(?! (?:спит|запит|дізн|спрос|узн|підійти|подойти|платит))
    (?:can|could|may) (?:i|we) (?:have|get|order|try|take|buy|pick)
    could (?:i|we) (?:have|get|order)|may (?:i|we) have|can you (?:do|make|get|send)|could you (?:do|make|get|send)
    шука\w+|ищ\w+|цікав\w+|интерес\w+|looking for|interested in|searching for
    дума(?:ю|ємо|ла|ли|в|ем)(?!\w)|планую|плануємо|планирую|планируем|thinking (?:of|about|like|more like)
    more like|planning|considering
    вистач(?:ить|ило б)|достат\w+|досить|хват(?:ит|ило б)\w*|достаточно|enough|will do|would do|plenty|suffice
    будь ?ласка|будьте ласкаві|пожалуйста|пож(?!\w)|плиз|пліз|please|pls|plz
    нехай (?:буде|будуть)|хай (?:буде|будуть)|пусть (?:будет|будут)|let it be|make it|make that
    (?:не)?хай(?= \S+$)|жду|чекаю|чекаємо|жд[её]м|ожида\w+
    відріж\w*|отреж\w*|cut(?!\w)|(?:settled|decided) on|визначил\w+|определил\w+|зупинил\w+ на|остановил\w+ на
    (?:по)?прос(?:ив|ила|или|ил|ять|ят)(?!\w)|asked(?= for)|попрошу|просимо|прошу|просим|просила б|з мене|с меня
    для нас|для мене
    для меня|(?:for|to) (?:me|us)(?!\w)
    treba|potribn\w+|potribno|nuzhn\w+|nuzno|nujno|nado|nada|khochu|hochu|xochu|xo4u|hocu|vizm[ue]\w*|vizjm\w+
    vozm[ue]\w*|beru|berem\w*|zamov\w+|zakaz\w*|zakazh\w+|dajte|dayte|mozhna|mozhno|mozna|mozno
    мені|нам(?!\w)|мне|нам(?!\w)
    """
WANT = any_of(_WORDINGS)
"""In the clause of a number, before it or soon after."""

WANT_FOR = any_of(_WORDINGS, after=r"(?:(?:\s\S+)?\s(?:на|for|of|about|про|о|за|in))?\s$")
"""Right before a number: "looking for", "думаємо про"."""

PRICE_ASKED = any_of(
    r"""
    скільки(?: це| воно| вони)? (?:кошту\w+|вийде|виходить|буде|будуть|за|стане|обійд\w+|віддасте|хочете)
    скільки(?= \S+$)|сколько(?= \S+$)|(?:скока|скоко|скіки|скіко|скільку|сколька|скок|скіль)(?!\w)
    сколько(?: это)? (?:сто[ия]\w+|выйдет|выходит|будет|будут|за|станет|обойд\w+|отдадите|хотите)
    (?:яка|який|какая|какой|по якій|по какой) (?:ціна|цена|вартість|стоимость|сума|сумма|знижка|скидка)
    ціна (?:за|на)|цена (?:за|на)|вартість|стоимость|почім|почем|почому|по чому|по чем|по чём|дешевше|дешевле|знижк\w+
    скидк\w+
    how much|price (?:for|of|on)|what(?:'s| is| would| will| do| does)(?: \w+){0,3} (?:price|cost)
    cost(?: me| us)?(?: for)?
    (?:cheaper|discount|deal) (?:for|on|if)|what would|how (?:expensive|costly)
    """
)
"""A number in such a question counts what is asked for."""

HAVE_ASKED = any_of(
    r"""
    (?:є|есть|маєте|имеете|найдеться|знайдеться|найд[её]тся)(?!\w)|(?:в|у) наявності|в наличии|на складі|на складе
    (?:потян|потягн|осил|привез|достав|знайд|найд|зроб|сдела|надрук|напечата|поши)(?:[еиє]те|ете|ите|ёте|єте)(?!\w)
    встиг\w+|успе(?:ете|ешь|ем)(?!\w)|влізем\w*|влезем\w*|вийде(?!\w)|выйдет|получится|зможете|сможете|реально
    do you have|have you got|you got|in stock|available|possible|can you|could you|doable|any chance of
    """
)
"""The same: whether the firm has or can do so many."""
