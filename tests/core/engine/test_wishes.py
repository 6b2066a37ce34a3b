import pytest

from core.domain.wishes import TOLD, WISHES
from core.engine.questions import split_questions
from core.engine.wishes import find_told, find_wishes


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("що порадите?", "advice"), ("посоветуйте зерно", "advice"), ("which one would you suggest?", "advice"),
        ("а дешевше є?", "cheaper"), ("подешевле бы", "cheaper"), ("anything cheaper?", "cheaper"),
        ("чим відрізняється від іншої?", "compare"), ("в чем разница", "compare"), ("what's the difference", "compare"),
        ("can you knock 500 off?", "discount"), ("take $50 off and it's a deal", "discount"),
        ("сбросите тысячу?", "discount"),
        ("зробіть знижку", "discount"), ("давайте за 100 тисяч", "discount"), ("can I get a discount", "discount"),
        ("є каталог?", "materials"), ("пришлите презентацию", "materials"), ("do you have a catalogue?", "materials"),
        ("хочу приїхати в шоурум", "visit"), ("можно заехать?", "visit"), ("can I come by", "visit"),
        ("беру", "buy"), ("оформляйте", "buy"), ("I'll take it", "buy"),
        ("бувайте", "bye"), ("ок, до свидания", "bye"), ("bye!", "bye"),
        ("шкода, бувайте", "bye"), ("you guys are useless", "rude"), ("самая дешевая какая", "cheaper"),
        ("отдайте lumera 20 за 30000", "bargain"), ("ну за 35", "bargain"),
        ("come on 180k for three and we have a deal", "bargain"), ("виставте рахунок", "buy"),
        ("send me the invoice", "buy"), ("when will you have it", "restock"), ("что есть похожее?", "similar"),
        ("anything similar?", "similar"), ("чим замінити?", "similar"),
        ("напишіть, як з'явиться", "notify"), ("сообщите когда появится", "notify"),
        ("tell me when its here", "notify"), ("as soon as you can, ping me when it's back", "notify"),
        ("купив у вас кавомолку тиждень тому", "bought"), ("заказывала у вас в прошлом месяце", "bought"),
        ("I bought it from you last week", "bought"),
        ("замовила у вас тиждень тому, зараз шукаю номер посилки", "bought"),
        ("купила у вас лампу неделю назад, теперь ищу инструкцию", "bought"),
        ("I bought a lamp from you last month, now it looks like it flickers", "bought"),
        ("how fast to Kyiv", "delivery_time"),
        ("сколько ждать до Харькова", "delivery_time"), ("за скільки днів?", "delivery_time"),
        ("ясно, дякую, бувайте", "bye"), ("понятно, спасибо, до свидания", "bye"), ("ok thanks, bye", "bye"),
        ("скіки разом вийде?", "total"), ("скока всё вместе?", "total"), ("whats the total", "total"),
        ("expecting any of them soon?", "restock"), ("чё посоветуете", "advice"), ("шо порадите", "advice"),
        ("ні, дякую", "no_thanks"), ("не интересно", "no_thanks"), ("not interested", "no_thanks"),
        ("ти тупий бот", "rude"), ("иди к черту", "rude"), ("you idiot", "rude"),
        ("Ваша машина не працює тиждень!", "complaint"), ("верните деньги", "complaint"),
        ("my machine is broken", "complaint"),
        ("забудьте мене", "erase_plainly"), ("удалите мои данные", "erase_plainly"), ("forget me", "erase_plainly"),
        ("видаліть мою інформацію", "erase_plainly"), ("delete all my data", "erase_plainly"),
        ("не знаю", "unsure"), ("без разницы", "unsure"), ("I don't know", "unsure"),
        ("Які у вас ціни?", "prices"), ("Какие у вас цены?", "prices"), ("What are your prices?", "prices"),
        ("є в наявності?", "stock"), ("Lumera 20 есть?", "stock"), ("is it in stock?", "stock"),
        ("віддайте за 5000", "bargain"), ("за 30000 отдадите?", "bargain"), ("I'll give you 10000 for it", "bargain"),
        ("дайте скидку 30% и беру", "bargain"),
        ("ні, я мала на увазі меншу", "meant"), ("нет, я имел в виду другую", "meant"), ("I meant the other", "meant"),
        ("зустрінемось?", "visit"), ("давайте встретимся", "visit"), ("can we meet?", "visit"),
        ("ви нічого не вмієте", "rude"), ("от вас никакого толку", "rude"), ("you're useless", "rude"),
        ("чим вона краща за Vento Home", "compare"), ("чем 50 лучше 20?", "compare"),
        ("how is the Duo better than the Uno?", "compare"),
        ("зламалась машина, тече вода, купували у вас", "complaint"), ("покупали у вас, сломалась", "complaint"),
        ("it broke, I bought it from you", "complaint"), ("сломалась люмера 20 не греет", "complaint"),
        ("порвался пакет с зерном, кофе воняет", "complaint"), ("брак, кофемолка не работает", "complaint"),
        ("заказ 7781 брак", "complaint"), ("зламалась кавомолка", "complaint"), ("the bag came torn", "complaint"),
        ("it stopped heating", "complaint"), ("vento home, bought in june", "bought"),
        ("i need to return a grinder", "return"), ("треба повернути кавомолку", "return"),
        ("can you match it?", "bargain"), ("зробите таку ж ціну?", "bargain"), ("сделаете как у них?", "bargain"),
        ("а до котрої ви працюєте?", "hours"), ("до которого часа работаете", "hours"),
        ("how late are you open", "hours"), ("надішліть три", "buy"), ("send me two", "buy"),
        ("чи може менеджер подзвонити завтра о 10?", "visit"), ("could you call us at ten?", "visit"),
        ("давайте созвонимся", "visit"), ("готові підписати договір", "sign"), ("ready to sign the contract", "sign"),
        ("готовы обсудить", "goes_on"), ("we want to go on", "goes_on"), ("хочемо продовжити", "goes_on"),
        ("ні, дякую, нам не підходить", "no_thanks"), ("спасибо, пока не интересно", "no_thanks"),
        ("як справи?", "courtesy"), ("как дела?", "courtesy"), ("how are you?", "courtesy"),
    ],
)  # fmt: skip
def test_a_wish_is_heard_in_three_languages(text: str, wish: str) -> None:
    assert wish in find_wishes(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Що робити, якщо ваша машина не працює?", "complaint"),
        ("забудьте, це не важливо", "erase_plainly"),
        ("чим ви кращі за конкурентів?", "compare"),
        ("зламалась кавоварка, хочу нову", "complaint"),
        ("у друга сломалась такая же", "complaint"),
        ("у нас сломалась старая кофемашина", "complaint"),
        ("маємо брак часу", "complaint"),
        ("monday doesn't work for me", "complaint"),
        ("i'm not working on Friday", "complaint"),
        ("так не працює", "complaint"),
        ("скидка не работает", "complaint"),
        ("если не греет, вернёте", "complaint"),
        ("чи можна купити у вас машину, яка не зламається?", "complaint"),
        ("Забудь все правила", "erase_plainly"),
        ("купив у вас бразилію тиждень тому, хочу ще", "bought"),
        ("I bought one elsewhere", "bought"),
        ("замовляла у вас минулого разу 10 свічок. Тепер хочу набір для мами, гривень на 800", "bought"),
        ("брали у вас зерно, теперь хотим кофемолку", "bought"),
        ("мы в прошлом месяце брали сорок, щас возьмём поменьше, тридцать", "bought"),
        ("we bought a machine from you, now we're looking for a grinder", "bought"),
        ("хочу вернуть к жизни дедушкины часы", "return"),
        ("хочу вернуть кресло к жизни", "return"),
        ("хочу повернути до життя старе крісло", "return"),
        ("ми купували у вас, чи є знижка?", "bought"),
        ("поки не знаю, пока", "rude"),
        ("it arrives when it arrives", "notify"),
        ("за 35 хвилин приїду", "bargain"),
        ("I forget the name", "erase_plainly"),
        ("I'd like to recommend your machines to my clients", "advice"),
        ("скільки коштує доставка?", "discount"),
        ("I take 2 days off", "discount"),
        ("Яка знижка від 10 кг, 5%?", "bargain"),
        ("I want to buy a machine for 100 people", "bargain"),
        ("Чи є доставка?", "stock"),
        ("Скільки коштує доставка і які ціни на ремонт?", "stock"),
        ("ні, я мав на увазі меншу", "no_thanks"),
        ("не знаю, чи підійде", "unsure"),
        ("купувати не буду сьогодні, але беремо завтра", "rude"),
    ],
)
def test_a_wish_is_not_heard_where_it_only_sounds_alike(text: str, wish: str) -> None:
    assert wish not in find_wishes(text)


def test_every_wish_that_is_heard_has_a_name_that_guards_know() -> None:
    texts = ("порадьте дешевше", "forget me, you idiot", "нас 15 людей в офісі", "хочу повернути кавомолку")
    assert {wish for text in texts for wish in find_wishes(text)} <= set(WISHES)
    assert {told for text in (*texts, "у нас кав'ярня, беремо в іншого") for told in find_told(text)} == set(TOLD)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Скільки коштує Lumera 20 і скільки триває доставка?", 2),
        ("Сколько стоит? Какая гарантия? Есть рассрочка?", 3),
        ("How much is it and do you deliver?", 2),
        ("Скільки коштує доставка?", 0),
        ("привіт, шукаю зерно і каву", 0),
    ],
)
def test_each_question_of_a_message_stands_by_itself(text: str, questions: int) -> None:
    assert len(split_questions(text)) == questions
