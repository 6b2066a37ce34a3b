import pytest

from core.understanding.facts import company, name, role
from tests.core.understanding.facts.contexts import context, last


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Добрий день, мене звати Оксана, хочу штори", "Оксана"),
        ("меня зовут Иван Петров", "Иван Петров"),
        ("меня зовут артем", "Артем"),
        ("Мене Олег звати", "Олег"),
        ("My name is John Smith and I need a desk", "John Smith"),
        ("I'm Kate", "Kate"),
        ("это Марина, писала вчера", "Марина"),
        ("З повагою, Ігор Мельник", "Ігор Мельник"),
        ("на ім'я Петренко Олена Іванівна", "Петренко Олена Іванівна"),
        ("Я Ліда з Черкас", "Ліда"),
        ("call me Mike", "Mike"),
        ("Леся Бондар", "Леся Бондар"),
        ("Київ, відділення 12, Петренко Олена", "Петренко Олена"),
        ("Вітаю, пані Олено Петренко", None),
        ("как вас зовут?", None),
        ("дружину звати Олена", None),
        ("Менеджер Ігор обіцяв", None),
        ("I'm looking for a sofa", None),
        ("я директор", None),
        ("Я з Києва", None),
        ("call me back", None),
        ("Олено, підкажіть", None),
        ("так", None),
    ],
)
def test_only_the_customers_own_name_is_taken(text: str, said: str | None) -> None:
    assert last(name.find(text, context())) == said


@pytest.mark.parametrize(("text", "said"), [("олег", "Олег"), ("Петренко Іван", "Петренко Іван"), ("не скажу", None)])
def test_a_bare_name_answers_the_question_for_it(text: str, said: str | None) -> None:
    assert last(name.find(text, context("name"))) == said


def test_a_nickname_does_not_replace_a_full_name_but_a_correction_does() -> None:
    known = context(known={"name": "Константин Лысенко"})
    assert name.find("можно просто Костя, я Костя", known) == []
    assert last(name.find("ой, не Константин, меня зовут Кирилл", known)) == "Кирилл"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ТОВ "Будмайстер", потрібні двері', 'ТОВ "Будмайстер"'),
        ("ФОП Іваненко", "ФОП Іваненко"),
        ("ООО Ромашка нужно 5 столов", "ООО Ромашка"),
        ("ми з компанії «Мрія-Буд»", "Мрія-Буд"),
        ("представляю компанію Альфа", "Альфа"),
        ("работаю в Сильпо", "Сильпо"),
        ("We are from Green Valley Ltd", "Green Valley Ltd"),
        ("our company is BrightSoft", "BrightSoft"),
        ("I'm Anna from Nordic Foods", "Nordic Foods"),
        ("у вашій компанії є знижки?", None),
        ("інша компанія дешевше", None),
        ("магазин работает?", None),
        ("I'm Anna from Warsaw", None),
    ],
)
def test_only_the_customers_own_company_is_taken(text: str, said: str | None) -> None:
    assert last(company.find(text, context())) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("хочу стати вашим партнером", "partner"),
        ("I'd like to resell your products", "partner"),
        ("цікавить співпраця", "partner"),
        ("хочу купити диван", "buyer"),
        ("it's for myself", "buyer"),
        ("у нас кав’ярня, хочемо закуповувати зерно у вас", "partner"),
        ("у нас кофейня, но уже работаем с другим поставщиком", "partner"),
        ("We run a small café and look for a supplier", "partner"),
        ("у нас кав’ярня, яка машина підійде?", None),
        ("хто ваш постачальник?", None),
        ("ваші партнери хто?", None),
        ("скільки коштує", None),
        ("а як ви дізнаєтесь, що клієнт від нас?", None),
        ("а как вы узнаете что клиент от нас", None),
        ("я клієнт, не партнер", "buyer"),
        ("покупатель", "buyer"),
    ],
)
def test_a_role_is_taken_when_it_is_said(text: str, said: str | None) -> None:
    assert last(role.find(text, context())) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Це Віталій з компанії Техносвіт", "Віталій"),
        ("звать Юра", "Юра"),
        ("Alina Moore, director", "Alina Moore"),
        ("Компанія «Агросвіт», менеджерка Леся Бондар", "Леся Бондар"),
        ("ваш менеджер Леся Бондар обіцяла", None),
    ],
)
def test_people_introduce_themselves_in_many_ways(text: str, said: str | None) -> None:
    assert last(name.find(text, context())) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("представляю мережу аптек Доброго дня", "Доброго дня"),
        ("счёт выставьте на Альфа Декор, наша фирма", "Альфа Декор"),
        ("ФЛП Кравчук Л.М.", "ФЛП Кравчук Л.М"),
        ("рахунок на пошту, будь ласка", None),
    ],
)
def test_a_company_is_named_where_it_pays(text: str, said: str | None) -> None:
    assert last(company.find(text, context())) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("беру для себя", "buyer"),
        ("це мені особисто додому", "buyer"),
        ("беру для себе, не на перепродаж", "buyer"),
        ("not for resale, for my own flat", "buyer"),
        ("we want a cut for clients we bring", "partner"),
        ("хотим процент за приведенных клиентов", "partner"),
        ("які кольори є", None),
    ],
)
def test_who_buys_for_himself_is_no_partner(text: str, said: str | None) -> None:
    assert last(role.find(text, context())) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Зерноліс", "Зерноліс"),
        ("coffee lab", "coffee lab"),
        ("покличте людину, будь ласка", None),
        ("позовите человека", None),
        ("a person please", None),
        ("ще не маємо", None),
        ("пока нет", None),
        ("don't have one", None),
    ],
)
def test_an_answer_to_the_question_for_the_company_is_its_name_unless_it_wants_something_else(
    text: str, said: str | None
) -> None:
    assert last(company.find(text, context("company"))) == said
