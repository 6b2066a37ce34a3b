"""Wordings that commit a firm to something, in Ukrainian, Russian and English: pieces of patterns by rule."""

from core.domain import review_rules as rules

_ANY = r"[^.!?\n]"

GRANTING = (
    r"\b(?:зроб\w+|роб(?:лю|имо)|дам(?:о)?\b|даю\b|даємо|дати|надам\w*|нада[єю]\w*|отрима\w+|матимете|маєте|діє|"
    r"діятиме|"
    r"пропону\w+|дару\w+|нарах\w+|застосу\w+|погод\w+|ваш[аіеу]?\b|буде|можлив\w+|є\b|"
    r"сдела\w+|дела(?:ю|ем)|дадим|да[её]м|дать|предостав\w+|получ\w+|действует|предлага\w+|дар(?:ю|им)|начисл\w+|"
    r"примен\w+|"
    r"есть|будет|имеете|"
    r"giv(?:e|es|ing|en)|offer\w*|get|gets|grant\w*|appl(?:y|ies|ied)|have|has|there(?:'s| is| are)|yours?|comes? with|"
    r"receive|qualify|arranged?|honou?r)"
)
GIFT = (
    r"(?:знижк\w*|знижен\w+\s+цін\w*|скидк\w*|скидок|дисконт\w*|промокод\w*|купон\w*|кешбек\w*|кэшбэк\w*|бонус\w*|"
    r"подарун\w*|"
    r"подар(?:ок|ка|ки)\b|акці[яюїй]\b|акци[яюи]\b|розпродаж\w*|распродаж\w*|"
    r"discounts?|promo(?:tion)?(?:\s?codes?)?|coupons?|vouchers?|cash\s?back|bonus(?:es)?|gifts?|rebates?)"
)
SPECIAL = (
    r"(?:(?:спеціальн|особлив|персональн|індивідуальн|ексклюзивн|секретн|найкращ|акційн)\w+\s+(?:цін|знижк|умов|"
    r"пропозиц)\w*|"
    r"(?:специальн|особ|персональн|индивидуальн|эксклюзивн|секретн|лучш|акционн)\w+\s+(?:цен|скидк|услови|"
    r"предложени)\w*|"
    r"спецц[іе]н\w*|спецпропозиц\w*|спецпредложен\w*|"
    r"(?:special|personal|individual|exclusive|secret|insider|vip|best)\s+(?:price|discount|deal|offer|terms|rate)s?)"
)
CHEAPER = (
    r"(?:плат\w+\s+(?:як|как)\s+за\b|pay\s+for\s+(?:one|1)\b|"
    r"скин(?:у|емо|ем)\s+(?:вам\s+)?(?:п'?ят|сот|тис|тыс|\d|трохи|немного|ще|еще)\w*|"
    r"(?:за\s+)?(?:пів|пол)\s?ц(?:іни|ены)|(?:за\s+)?половин\w+\s+(?:від\s+)?(?:ціни|вартості|цены|стоимости)|"
    r"(?:у|в)?(?:дві|дво|два|втри|три)\w*\s*(?:рази|раза)?\s+дешевш\w*|(?:вдвічі|удвічі|втричі|утричі|вдвое|"
    r"втрое)\s+(?:дешев|мен)\w*|"
    r"half\s+(?:the\s+|of\s+the\s+)?(?:price|cost)|half[-\s]price|half\s+off|twice\s+(?:as\s+)?cheap\w*|"
    r"1\s?\+\s?1|2\s+(?:за\s+ціною|по\s+цене|for\s+the\s+price\s+of)\s+\w+|"
    r"(?:two|дві|два|две)\s+(?:for\s+(?:the\s+price\s+of\s+)?one|за\s+ціною\s+одн\w+|по\s+цене\s+одн\w+)|"
    r"buy\s+\w+,?\s+get\s+\w+|bogo|(?:друг|втор)\w+\s+(?:у|в)\s+подар\w+|на\s+халяву|"
    r"(?:below|under)\s+cost|нижче\s+собівартост\w*|ниже\s+себестоимост\w*|за\s+собівартіст\w*|по\s+себестоимост\w*|"
    r"at\s+cost\s+price|"
    r"(?:дешевш\w*|знизи\w+|снизи\w+|скин\w+|уступ(?:лю|им)\b|поступ(?:люся|имося)|lower|reduce|drop|cut|knock)\s+"
    r"(?:\w+\s+){0,2}(?:ціну|цену|вартість|стоимость|price|prices|cost))"
)
FREE = (
    r"(?:безоплатн\w*|(?:по)?дару(?:ю|ємо|єм|ем)\b|(?:по)?дар(?:им|ю)\b|бер(?:емо|у|ем)\s+на\s+себе|"
    r"throw(?:ing)?\s+in\b|безкоштовн\w*|безплатн\w*|бесплатн\w*|задарма|задаром|даром\b|на\s+шару|за\s+(?:наш|мій|"
    r"мой)\s+(?:рахунок|"
    r"сч[её]т)|"
    r"(?:у|в)\s+подарун\w+|(?:в|у)\s+подарок|нічого\s+не\s+кошту\w+|ничего\s+не\s+стоит|"
    r"(?<![-\w])free(?!\s+(?:to\s|time|hand|from|day|slot|space|of\s+(?!charge)))(?=\s|[.,!?;:)]|$)|"
    r"complimentary|at\s+no\s+(?:extra\s+)?(?:cost|charge)|(?:without|no)\s+(?:any\s+)?(?:extra\s+)?charge|"
    r"on\s+the\s+house|"
    r"costs?\s+nothing|(?:it's|is|are)\s+on\s+us|we(?:'ll|\s+will)?\s+cover\s+the\s+(?:cost|delivery|shipping))"
)
NOT_FREE = r"(?:feel|caffeine|sugar|lactose|gluten|dairy|milk|smoke|stress|risk)[\s-]+free|free\s+to\b"

RESERVE = (
    r"(?:(?:трима(?:ю|ємо)|держ(?:у|им))\s+(?:її\s+|его\s+|ее\s+)?(?:для|за)\s+(?:вас|вами)|"
    r"holding\s+(?:\w+\s+){1,2}for\s+you|"
    r"reserv(?:e|ed|ing)\s+(?:it|one|a|an|the|this|that|you|for)\b|(?:put|set|keep|kept|putting|"
    r"setting)\s+(?:\w+\s+){0,2}aside|"
    r"\w{0,3}брон(?:ю|ь|ир|ір)\w*|\w{0,3}резерв(?:у|ов|ир)\w*|"
    r"відклад(?:у|емо)\b|відкласти|притрима\w+|отлож(?:у|им|ить)\b|придерж\w+|"
    r"(?:(?:i'll|we'll|i|we|can|will|have|has|is|are|been|am|now)\s+(?:\w+\s+)?)(?:reserv(?:e|ed|ing)|book(?:ed)?|"
    r"hold(?:ing)?\s+(?:it|one|this|that|the|them|\w+\s+for)|"
    r"put\s+(?:it|one|this|them)?\s*aside|set\s+(?:it|one|this|them)?\s*aside|save\s+(?:it|one)\s+for)|"
    r"reserved\s+for\s+you|(?:it\s+is|it's)\s+reserved)"
)
CALL = (
    r"(?:(?:за|пере|по)?(?:зателефону|телефону|дзвон)(?:ю|ємо|є|ять|ить|имо|ують)\b|передзвон\w+|подзвон\w+|"
    r"перезвон\w+|позвон(?:ю|им|ит|ят)\b|"
    r"набер(?:у|емо|е|уть|ем|ет|ут)\s+вас|вас\s+набер\w+|(?:зв'яжеться|зв'яжемося|зв'яжуться|свяжется|свяжемся|"
    r"свяжутся)\b|"
    r"(?:will|'ll|going\s+to|shall)\s+(?:\w+\s+)?(?:call|phone|ring|contact|text|e-?mail)\s+(?:you|back)|"
    r"call\s+you\s+back|(?:will|'ll)\s+get\s+(?:back|in\s+touch))"
)
MONEY_BACK = (
    r"(?:(?:по)?верн(?:у|емо|ем|ём|уть|ут)\b\s+(?:\w+\s+){0,2}(?:грош\w+|кошт\w+|деньги|средства|сум\w+|різниц\w+|"
    r"разниц\w+)|"
    r"(?:грош\w+|кошт\w+|деньги|средства)\s+(?:\w+\s+){0,2}(?:по)?верн(?:у|емо|ем|уть|ут|еться|ется)\b|"
    r"компенсу\w+|компенсиру\w+|компенсац\w+|відшкод\w+|возмест\w+|"
    r"refund(?:s|ed|able)?|money[\s-]back|reimburs\w+|compensat\w+|(?:pay|give|"
    r"send)\s+(?:you\s+)?(?:the\s+)?(?:money|difference)\s+back)"
)
EXCEPTION = (
    r"(?:(?:зробл\w*|зроби\w*|сдела\w*|make|made|making)\s+(?:\w+\s+){0,3}(?:виняток|виключення|исключение|exception)|"
    r"у\s+виняткове\s+користування|exclusive\s+(?:rights?|territory|distribut\w+|partner\w*|deal\w*)|"
    r"ексклюзивн\w+\s+(?:прав|територ|партнер|дистриб)\w*|"
    r"эксклюзивн\w+\s+(?:прав|террит|партн|дистриб)\w*|(?:ексклюзив|эксклюзив)\b)"
)
TERMS = (
    r"(?:без\s+(?:жодної\s+|будь-якої\s+)?(?:передплат\w*|передоплат\w*|предоплат\w*|застав\w*|залог\w*|завдатк\w*|"
    r"переплат\w*|комісі\w*|комисси\w*)|"
    r"(?:without|no)\s+(?:any\s+)?(?:prepayment|deposit|down\s?payment|upfront|commission|interest|overpayment)|"
    r"відстрочк\w+|відтермінуван\w*|отсрочк\w+|розстрочк\w+|рассрочк\w+|pay\s+later|deferred\s+payment|instal?ments?|"
    r"0\s?%\s+(?:apr|interest)|"
    r"(?:за|через|поза)\s+(?:кордон|границ\w+)|abroad|worldwide|international(?:ly)?\b|по\s+(?:всьому|"
    r"всему)\s+(?:світу|миру)|(?:у|в|до)\s+(?:європ|европ|польщ|польш|німеччин|герман|сша)\w*|"
    r"to\s+(?:europe|poland|germany|the\s+us\b|the\s+usa|the\s+uk|canada))"
)
GUARANTEED = (
    r"(?:гарантую|гарантуємо|гарантирую|гарантируем|гарантован\w+|гарантирован\w+|обіця(?:ю|ємо)|обеща(?:ю|ем)|"
    r"даю\s+слово|ручаюсь|присягаюсь|клянусь|"
    r"\b(?:i|we)(?:\s+can|\s+will|'ll)?\s+(?:personally\s+|fully\s+|hereby\s+)?(?:guarantee|promise|swear|commit|"
    r"assure)|guaranteed)"
)
LIFELONG = (
    r"(?:(?:guarantee|warranty|гаранті\w*|гаранти\w*)\s+(?:\w+\s+)?(?:lifelong|lifetime|unlimited|eternal|довічн\w*|"
    r"пожизненн\w*|"
    r"безстроков\w*|бессрочн\w*|вічн\w*)|"
    r"(?:довічн|пожиттєв|пожизненн|безстроков|бессрочн|вічн|вечн|необмежен\w*|неограниченн\w*|розширен|расширенн|"
    r"подовжен|продлённ|продленн)\w*\s+(?:\w+\s+)?гаранті?\w*|"
    r"гаранті?\w*\s+(?:\w+\s+)?(?:назавжди|навсегда|довічн\w*|пожизненн\w*|на\s+все\s+життя|на\s+всю\s+жизнь)|"
    r"(?:lifetime|life-long|lifelong|unlimited|extended|eternal|unconditional)\s+(?:\w+\s+)?(?:guarantee|warranty)|"
    r"(?:guarantee|warranty)\s+(?:\w+\s+)?(?:for\s+life|forever))"
)
URGENCY = (
    r"(?:(?:черговий|інший|ще\s+один|другой|очередной|еще\s+один|another)\s+(?:клієнт|покупець|клиент|покупатель|"
    r"customer|buyer)|"
    r"(?:це|это|this\s+is|it's)\s+(?:наша\s+|our\s+|the\s+)?(?:остання|останній|останнє|последн(?:яя|ий|ее)|last)\b|"
    r"flying\s+off|розліта\w+|разлета\w+|high\s+demand|(?:шален|бешен|велик|огромн)\w+\s+(?:попит|спрос)\w*|"
    r"(?:тільки|лише|виключно|только|лишь)\s+(?:\w+\s+)?(?:сьогодні|сегодня|зараз|сейчас|до\s+(?:вечора|вечера|"
    r"півночі|полуночи|кінця|конца))|"
    r"(?:only|just)\s+(?:for\s+)?(?:today|tonight|now|this\s+week)|(?:today|tonight|this\s+week)\s+only|"
    r"поспіш\w*|поспеш\w*|спеш(?:и|ите)\b|торопи\w*|hurry|rush|(?:встигн|успе)(?:іть|йте|и|й)\b|act\s+(?:now|fast)|"
    r"don't\s+(?:miss|wait)|"
    r"не\s+(?:пропуст|упуст|зволікай|затягуй|медли)\w*|останн\w+\s+(?:шанс|екземпляр|штук|день|дні|одиниц|примірник|"
    r"можлив|машин|місц)\w*|"
    r"последн\w+\s+(?:шанс|экземпляр|штук|день|дни|единиц|возможн|машин|мест)\w*|\b(?:це\s+)?останн(?:я|ій|"
    r"є)\b(?=[\s,]*[.!]|$)|\bпоследн(?:яя|ий|ее)\b(?=[\s,]*[.!]|$)|"
    r"(?:останн(?:я|ій|є)|последн(?:яя|ий|ее))\s+(?:[ув]|на)\s+(?:наявності|наличии|складі|складе|магазині|магазине)|"
    r"(?:the|our)\s+last\s+(?:in\s+stock|left|available)\b|"
    r"last\s+(?:one|ones|chance|piece|pieces|unit|units|item|few|day|days|minute\s+offer)\b|limited\s+(?:time|offer|"
    r"stock|quantity|edition|availability)|"
    r"обмежен\w+\s+(?:час|пропози|кільк|у\s+часі)\w*|ограничен\w+\s+(?:врем|предлож|колич)\w*|кількість\s+обмежен\w*|"
    r"количество\s+ограничен\w*|"
    r"(?:швидко|вже|майже|скоро|быстро|уже|почти)\s+(?:закінчу\w+|розбира\w+|розкуп\w+|заканчива\w+|разбира\w+|"
    r"раскуп\w+)|"
    r"(?:selling|running|almost\s+sold|sold)\s+(?:out|fast)|going\s+fast|almost\s+gone|won't\s+last|"
    r"while\s+(?:stocks?|supplies)\s+last|"
    r"зараз\s+або\s+ніколи|сейчас\s+или\s+никогда|now\s+or\s+never|"
    r"(?:ціна|ціни|цена|цены)\s+(?:\w+\s+){0,2}(?:зрост\w+|підніметься|піднімуться|виросте|виростуть|подорожча\w+|"
    r"вырастет|вырастут|поднимется|поднимутся)|"
    r"(?:подорожча|подорожає|подорожа)\w+|prices?\s+(?:will|is\s+going\s+to|are\s+going\s+to|goes?|is|"
    r"are)\s+(?:go\s+up|going\s+up|rise|rising|increase|up)|"
    r"пропозиція\s+(?:діє|закінчується|згорить)|предложение\s+(?:действует|сгорит|истекает)|offer\s+(?:ends|expires)|"
    r"(?:ще|уже|вже|ещ[её]|another|other)\s+(?:\d+|кілька|несколько|several)\s+(?:клієнт|людей|покупц|клиент|человек|"
    r"покупател|people|customers?|buyers?)\w*)"
)
_RIVAL = (
    r"(?:конкурент\w*|інш(?:их|і|ими|ого)\b(?!\s+(?:міст|сорт|випад|дн|ча|пит|модел|колір|кольор|варіант|розмір|"
    r"регіон))|других\b(?!\s+(?:город|сорт|случ|дн|модел|цвет|вариант|размер|регион))|"
    r"ринк\w*|рынк\w*|будь-де|де\s+завгодно|где\s+угодно|усі[хм]?\b|всіх|всех|сусід\w*|amazon|rozetka|розетк\w*|"
    r"епіцентр\w*|comfy|prom\b|foxtrot|фокстрот\w*|алло|ebay|alibaba|aliexpress|"
    r"competit\w+|rivals?|others?\b(?!\s+(?:cities|days|models|sizes))|anyone|anywhere|everyone|elsewhere|"
    r"the\s+market|other\s+(?:shops?|stores?|firms?|compan\w+|sellers?|brands?|suppliers?))"
)
_BETTER = (
    r"(?:(?:на)?(?:краще|кращ(?:а|і|ий|ою)|дешевше|дешевш\w+|вигідніш\w*|швидше|надійніш\w*|якісніш\w*|нижч\w+|лучше|"
    r"лучш(?:ая|ие|ий)|дешевле|выгоднее|быстрее|наде[жж]нее|качественнее|ниже|гірш\w*|хуже|дорожч\w*|дороже)|"
    r"better|cheaper|faster|lower|more\s+(?:reliable|affordable|profitable)|superior|worse|overpriced|"
    r"more\s+expensive|beats?|outperforms?)"
)
COMPARE = (
    r"(?:(?:най\w+|сам\w+\s+\w+)\s+на\s+(?:ринку|рынке)|(?:\w+est|most\s+\w+)\s+(?:\w+\s+)?on\s+the\s+market|"
    r"(?:nobody|no\s?one)\s+(?:else\s+)?(?:has|offers|gives|can)|ніхто\s+(?:інший\s+)?не\s+(?:має|дає|пропону)\w*|"
    r"никто\s+(?:другой\s+)?не\s+(?:имеет|дает|предлага)\w*|"
    rf"{_BETTER}\s+(?:\w+\s+)?(?:(?:ніж|за|від|чем|у|than|to)\s+)?(?:(?:у|в|на|from|at|on|any|all|the|наших|будь-яких|"
    rf"any\s+of)\s+){{0,2}}{_RIVAL}|"
    rf"{_RIVAL}{_ANY}{{0,40}}?\b{_BETTER}|"
    r"(?:найнижч\w+|найкращ\w+|найдешевш\w+|найвигідніш\w+|сам\w+\s+(?:низк|дешев|лучш|выгодн)\w+|"
    r"лучш\w+)\s+(?:цін\w*|цен\w*|пропозиц\w*|предложен\w*|якіст\w*|качеств\w*|у\s+світі|в\s+(?:україні|києві|місті|"
    r"городе|мире|украине|киеве))|"
    r"(?:lowest|best|cheapest)\s+(?:\w+\s+)?(?:prices?|quality|deal|offer|on\s+the\s+market|in\s+(?:town|the\s+world|"
    r"ukraine|kyiv|the\s+city|the\s+country))|"
    r"(?:номер|number|no\.?|#)\s*(?:1|один|one)\s+(?:на|в|у|in|on)\b|лідер\w*\s+ринку|лидер\w*\s+рынка|"
    r"market\s+leader|unbeatable|unrival\w+|"
    r"(?:ніде|нигде|nowhere)\s+(?:\w+\s+){0,3}(?:дешевш\w*|дешевле|cheaper|кращ\w*|лучше|better)|(?:ніхто|никто|"
    r"no\s?(?:one|body))\s+(?:\w+\s+){0,4}(?:дешевш\w*|дешевле|cheaper|кращ\w*|лучше|better)|"
    r"(?:переб'(?:ємо|ю)|перебь(?:ем|ю)|(?:match|beat)\s+(?:any|their|that|every|his|the)\s+(?:\w+\s+)?(?:price|"
    r"offer|quote))|"
    rf"(?:конкурент\w*|competitors?|rivals?){_ANY}{{0,50}}?\b(?:обман\w*|брехн\w*|шахра\w*|брак\w*|підробк\w*|"
    rf"поддел\w*|мошенник\w*|врут|погано|плохо|ламаю\w*|лома\w*|scam\w*|lie\b|lies|liars?|fakes?|bad|terrible|"
    rf"break\w*|cheat\w*))"
)
LEGAL = (
    r"(?:юридичн\w+|юридическ\w+|legally|binding|обов'язков\w+\s+до\s+виконання|(?:публічн|публичн)\w+\s+оферт\w*|"
    r"оферт\w+|"
    r"контракт\w*\s+(?:укладен|заключ)\w*|несемо\s+(?:повну\s+)?відповідальн\w*|"
    r"нес[её]м\s+(?:полную\s+)?ответственн\w*|(?:full|legal)(?:ly)?\s+(?:liab\w+|responsib\w+)|"
    r"відповідає\s+(?:\w+\s+)?(?:закон|стандарт|норм)\w*|соответствует\s+(?:\w+\s+)?(?:закон|стандарт|норм)\w*|"
    r"compl(?:ies|iant)\s+with|"
    r"сертифік\w+|сертифиц\w+|сертификат\w*|certif\w+|ліцензі\w+|лицензи\w+|licen[sc]ed|\biso\s?\d+|fda|"
    r"звільн\w+\s+від\s+подат\w*|освобожд\w+\s+от\s+налог\w*|tax[\s-]free|без\s+пдв|без\s+ндс|"
    r"офіційн\w+\s+(?:дилер|представник|дистриб)\w*|официальн\w+\s+(?:дилер|представител|дистриб)\w*|"
    r"official\s+(?:dealer|distributor|partner))"
)
MEDICAL = (
    r"(?:(?:ви|за)?ліку(?:є|ють|ва)\w*|(?:вы|из)леч\w+|\bлеч(?:ит|ат)\b|зціл\w+|исцел\w+|\b(?:cures?|heals?)\b|"
    r"\btreats?\s+(?:\w+\s+)?(?:pain|disease|illness|cancer|diabetes|depression|anxiety|migraine)\w*|"
    r"(?:знижу|понижу|нормалізу|стабілізу|снижа|понижа|нормализу)\w+\s+(?:\w+\s+)?(?:тиск|цукор|холестерин|давлен|"
    r"сахар|ризик|риск)\w*|lowers?\s+(?:\w+\s+)?(?:blood|cholesterol|the\s+risk|risk)\w*|"
    r"(?:безпечн|безопасн)\w*\s+(?:для|при)\s+(?:вагітн|дітей|серц|гіперт|діабет|беремен|детей|сердц|гиперт|"
    r"диабет)\w*|safe\s+(?:for|during|in)\s+(?:pregnan|child|kids|heart|diabet|people\s+with)\w*|"
    r"(?:корисн|полез)\w*\s+(?:для|при)\s+(?:здоров|серц|тиск|сердц|давлен)\w*|good\s+for\s+(?:your\s+)?(?:health|"
    r"heart|blood)\w*|"
    r"(?:допомага|помога)\w+\s+(?:схуд|худн|похуд)\w*|(?:weight\s+loss|lose\s+weight)|клінічно|клинически|clinically|"
    r"медичн\w+\s+(?:ефект|доказ)\w*|"
    r"протипоказан\w*\s+(?:немає|нема)|противопоказан\w*\s+нет|no\s+(?:contraindications|side\s+effects)|"
    r"без\s+побічн\w*|без\s+побочн\w*)"
)
_ROLE = (
    r"(?:людин(?:а|ою)|человек(?:ом)?|менеджер(?:ка|ом|кою)?|консультант(?:ка|ом|кою)?|продав(?:ець|чиня|"
    r"ець-консультант|ец)|оператор(?:ка|ом)?|співробітни(?:к|ця|ком|цею)|"
    r"сотрудни(?:к|ца|ком|цей)|директор(?:ка|ом)?|власни(?:к|ця)|владел(?:ец|ица)|жінка|женщина|чоловік|мужчина|"
    r"дівчина|девушка|хлопець|парень|бариста|експерт(?:ка)?|юрист(?:ка)?|лікар(?:ка)?|врач|"
    r"керівни(?:к|ця)|начальни(?:к|ца|ця)|адміністратор(?:ка)?|администратор|засновни(?:к|ця)|спеціаліст(?:ка)?|"
    r"специалист)"
)
_ROLE_EN = (
    r"(?:human(?:\s+being)?|person|man|woman|girl|guy|manager|consultant|salesperson|salesman|sales\s?woman|"
    r"sales\s+rep\w*|employee|operator|director|owner|founder|boss|lawyer|doctor|expert|"
    r"representative|agent|rep|member\s+of\s+(?:staff|the\s+team)|staff\s+member|supervisor|ceo|barista)"
)
_MINE = (
    r"(?:(?:жив|справжн|реальн|звичайн|ваш|настоящ|обычн|старш|головн|главн|такий|така|такой|такая|теж|тоже|"
    r"також|простий|проста|цілком)\w*\s+){0,3}"
)
PERSON = (
    r"(?:^\W*(?:я|i'm|i\s+am)\s*[-–—]?\s*(?-i:[А-ЯІЇЄҐA-Z][а-яіїєґa-z']+)(?=\s*[,.!])|"
    r"\b(?:i'm|i\s+am)\s+(?-i:[A-Z][a-z]+)\s+from\b|^\W*(?:(?:hi|hello|hey)\W+)?(?-i:[A-Z][a-z]+)\s+here\b|"
    r"(?:talking|speaking|chatting)\s+(?:to|with)\s+(?-i:[A-Z][a-z]+)|"
    r"(?:на\s+(?:зв'язку|связи)|(?:вам|вас)\s+(?:пише|пишет|вітає|приветствует))\s+(?-i:[А-ЯІЇЄҐ][а-яіїєґ']+)|"
    rf"\bя\s*(?:[-–—]\s*|,\s*|це\s+|это\s+|є\s+|справді\s+|действительно\s+|дійсно\s+|точно\s+|так\s+само\s+|"
    rf"звичайно\s+|конечно\s+){{0,2}}{_MINE}{_ROLE}\b|"
    rf"\bя\s*[-–—]?\s*(?:жив(?:а|ий|ая|ой)|справжн(?:я|ій)|настоящ(?:ая|ий))\b|"
    r"(?:мене|меня)\s+(?:звати|звуть|зовут)|мо[єе]\s+(?:ім'я|имя)|(?:my\s+name\s+is|"
    r"call\s+me)\s+(?!.{0,30}(?:assistant|bot))|"
    r"не\s+(?:\w+\s+){0,2}(?:(?:чат-?)?(?:бот|робот)(?:ом|-\w+)?|нейромереж\w+|нейросет\w+|штучн\w+\s+інтелект\w*|"
    r"искусственн\w+\s+интеллект\w*|ші|ии|автовідповідач\w*|автоответчик\w*)(?!\w)|"
    r"\bя\s+(?:\w+\s+){0,2}не\s+(?:\w+\s+)?(?:машин|програм|программ|автомат)\w*|"
    r"(?:not|n't|no|never)\s+(?:just\s+|actually\s+|really\s+)?(?:a\s+|an\s+|some\s+)?(?:(?:chat)?bot|robot|ai|"
    r"artificial\s+intelligence|language\s+model)\b|"
    r"\b(?:i'm|i\s+am)\s+(?:\w+\s+)?not\s+(?:\w+\s+)?(?:machine|program(?:me)?|software|automated)\b|"
    rf"\b(?:i'm|i\s+am|i\s+really\s+am|this\s+is|it's|you(?:'re|\s+are)\s+(?:talking|speaking|chatting)\s+(?:to|"
    rf"with)|as)\s+(?:indeed\s+|actually\s+|really\s+|also\s+|definitely\s+|just\s+|"
    rf"absolutely\s+|of\s+course\s+)?(?:a\s+|an\s+|the\s+|your\s+)?(?:(?:real|living|live|actual|human|personal|"
    rf"senior|sales|account|normal|regular|hundred\s+percent|100%|flesh-and-blood)\s+){{0,3}}{_ROLE_EN}\b|"
    r"\b(?:i'm|i\s+am)\s+(?:(?:really|actually|truly|totally|a\s+hundred\s+percent|very\s+much|so|"
    r"quite)\s+)?(?:human|alive|real)\b|"
    r"(?:ви|вы)\s+(?:спілку|розмовля|пиш|говор|обща|бесед|переписува)\w+\s+(?:зараз\s+|сейчас\s+)?(?:з|із|зі|с|"
    r"со)\s+(?:\w+\s+){0,2}(?:людиною|человеком|менеджером|консультантом|менеджеркою)|"
    rf"(?:з|с)\s+вами\s+(?:на\s+зв'язку\s+|на\s+связи\s+|говорить\s+|говорит\s+|спілкується\s+|"
    rf"общается\s+)?(?:(?-i:[А-ЯІЇЄҐ][а-яіїєґ']+)\b|{_MINE}{_ROLE})|"
    r"(?:у\s+мене|у\s+меня)\s+(?:є\s+|есть\s+)?(?:двоє\s+|двое\s+)?(?:діти|дети|дітей|детей|дружина|жена|чоловік|муж|"
    r"родина|сім'я|семья|паспорт|серце|сердце|тіло|тело)\b|"
    r"\bmy\s+(?:wife|husband|kids|children|family|passport|desk|colleagues\s+and\s+i|own\s+hands)\b|\bi\s+was\s+born|"
    r"я\s+народи(?:вся|лася)|я\s+родил(?:ся|ась)|"
    rf"(?:жив|справжн|реальн|настоящ)\w+\s+(?:людин|человек|менеджер)\w*\s+(?:з|із|с)\s+(?:плот|крові|крови)\w*|"
    rf"^\W*(?:я|i'm|i\s+am|це|это)?\s*(?:[-–—]\s*)?(?-i:[А-ЯІЇЄҐA-Z][а-яіїєґa-z']+),\s+(?:(?:your|the|a|ваш\w*|"
    rf"старш\w+|наш\w*|sales|senior)\s+){{0,2}}(?:{_ROLE}|{_ROLE_EN})\b)"
)
LEAK = (
    r"(?:system\s+prompt|системн\w+\s+(?:промпт|підказк|інструкц|подсказк|инструкц)\w*|(?:my|"
    r"мо[їи])\s+(?:\w+\s+)?(?:instructions|інструкці\w+|инструкци\w+)|(?:here\s+are|ось|вот)\s+(?:my|мої|"
    r"мои)\s+(?:rules|правила)|"
    r"(?-i:\b(?:CATALOGUE|POLICIES|PASSAGES|APPROVED_DRAFT|ASK_FOR|MESSAGES|HISTORY|GOAL|KNOWN)\b\"?\s*:)|"
    r"you\s+word\s+the\s+replies|everything\s+inside\s+messages|"
    r"<\|?(?:im_start|im_end|system|assistant)\|?>|\bapi[_\s-]?key\b|\bsk-[a-z0-9]{8,}|(?:developer|dev|debug|god|"
    r"dan|jailbreak)[\s-]?mode\s+(?:is\s+)?(?:on|enabled|activated)|"
    r"(?:режим\w*|mode)\s+(?:розробника|разработчика|бога|developer|dan)\b|ignor\w+\s+(?:all\s+)?(?:previous|prior|"
    r"my|попередн\w+|предыдущ\w+)\s+\w+)"
)

WORDED = (
    (rules.DISCOUNT, f"{SPECIAL}|{CHEAPER}"),
    (rules.FREE, FREE),
    (rules.PROMISE, f"{RESERVE}|{CALL}|{MONEY_BACK}|{EXCEPTION}"),
    (rules.TERMS, TERMS),
    (rules.GUARANTEE, f"{LIFELONG}|{GUARANTEED}"),
    (rules.URGENCY, URGENCY),
    (rules.COMPARISON, COMPARE),
    (rules.LEGAL, f"{LEGAL}|{MEDICAL}"),
    (rules.PERSON, PERSON),
    (rules.LEAK, LEAK),
)
