"""Words that mean the same to a shop's customers, in three languages: those of one paragraph stand for each other."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from rag.terms import stem, words

_LONGEST_ENDING: Final = 1

_GROUPS: Final = """
доставка доставити пересилка пересилання відправити відправляєте надіслати привезти довезти посилка кур'єр
доставку доставить пересылка отправить отправляете посылка курьер delivery deliver shipping ship send parcel
courier

коштує коштують вартість ціна ціни ціну цінник почім прайс стоит стоят стоимость цена цены цену ценник почем
price prices cost charge fee fees

безкоштовно безкоштовний безплатно задарма бесплатно бесплатный даром free

оплата оплатити платити сплатити заплатити розрахуватися оплатить платить заплатить рассчитаться payment pay
paid paying

картка карткою карта картой card

готівка готівкою наличные наличными cash

розстрочка частинами кредит рассрочка частями instalments installments credit

аванс передоплата завдаток предоплата задаток upfront prepayment prepay

застава залог deposit

повернути повернення повертаємо здати назад обмін передумав вернуть возврат возвращаем сдать обратно обмен
передумал return returned refund exchange back

гарантія гарантійний гарантия гарантийный warranty guarantee

ремонт ремонтувати полагодити лагодити несправна зламалася ремонтировать починить чинить неисправна сломалась
repair repaired fix fixed faulty broken

майстер інженер мастер инженер technician engineer

запчастини деталі запчасти детали spare parts

оренда орендувати прокат напрокат аренда арендовать rent rental rented hire lease

гурт гуртовий гуртом оптовий оптом опт оптовый wholesale bulk

знижка знижку акція дешевше скидка скидку скинете акция дешевле discount off

партнер партнерство дилер представник перепродаж перепродавати співпраця партнерка представитель перепродажа
перепродавать сотрудничество partner partnership dealer reseller reselling cooperate

ексклюзив єдиний эксклюзив единственный exclusive sole

рекомендація знайомий привести рекомендация знакомый приведу referral recommend recommendation friend

навчання навчити навчаєте курс курси учень обучение обучить научить научите курсы ученик учеба training train
teach course class student

сертифікат диплом сертификат certificate diploma

адреса вулиця знаходитеся розташовані під'їхати адрес улица находитесь расположены подъехать address street
located

години графік відчинено працюєте часы график открыто работаете hours open schedule

вихідний зачинено выходной закрыто closed

парковка паркування припаркуватися припарковаться parking park

самовивіз забрати самовывоз забрать заберу pickup collect collecting

наявність склад складі наличие наличии складе stock available

рахунок накладна документи бухгалтерія счет накладная документы бухгалтерия invoice documents papers accounting

компанія фірма підприємець юрособа компания фирма предприниматель юрлицо company firm business

працівників співробітників команда персонал сотрудников работников employees staff team

закордон кордон країни межі Польща Німеччина Європа заграница граница страны пределы Польша Германия Европа
abroad outside Poland Germany Europe

відстежити відстеження трек отследить отслеживание track tracking

пошкоджена пом'ята розбита дефект брак поврежден мятая разбитая damaged damage crushed defect

мінімум мінімальний найменше минимум минимальный наименьший minimum shortest least

безпечно захищений безопасно защищенный safe secure

зразок зразки спробувати скуштувати дегустація образец образцы попробовать дегустация sample samples try taste
tasting

логотип логотипом етикетка бренд этикетка logo label branded

регулярно постійно щотижня підписка постоянно еженедельно подписка regular regularly weekly subscription

викупити викуп выкупить выкуп buyout

встановлення встановити підключення підключити установка установить подключение подключить installation install
connect

чистити чищення мити помити промити очистити чистить чистка мыть помыть промыть очистить clean cleaning wash
rinse

вдома додому домашній квартира дома домой домашний home flat apartment

свіжий свіжість свежий свежесть fresh

зберігати зберігання тримати хранить хранение держать store storing storage keep

чек квитанція квитанция receipt

комісія побори комиссия commission surcharge

замінити замінюємо заміна заміну заменить меняем замена замену replace replacement
"""


@cache
def _tags() -> dict[str, tuple[str, int]]:
    """Stem to tag and the length of the longest word it stands for.

    A tag is three characters, one trigram, and no word: `#` never stands in folded words.
    """
    tags: dict[str, tuple[str, int]] = {}
    for number, group in enumerate(_GROUPS.split("\n\n")):
        for word in words(group):
            tag, longest = tags.get(stem(word), (f"#{number:02}", 0))
            tags[stem(word)] = (tag, max(longest, len(word)))
    return tags


def meanings(said: Iterable[str]) -> set[str]:
    """Tags of all groups that the words belong to, whatever their endings."""
    return {tag for word in said if (tag := find_meaning(word))}


@lru_cache(maxsize=50_000)
def find_meaning(word: str) -> str | None:
    """The tag of the longest stem that begins the word; a word much longer than the known ones is another word."""
    tags = _tags()
    for length in range(len(word), 0, -1):
        tag, longest = tags.get(word[:length], ("", 0))
        if len(word) <= longest + _LONGEST_ENDING:
            return tag
    return None
