"""Questions that customers of any shop ask. Their mean is the middle from which queries are seen."""

import base64
import json
from collections.abc import Mapping
from importlib import resources
from typing import Final

import numpy as np

from rag.passages import Matrix

_MEANS: Final = "query_means.json"

_UK: Final = """
Скільки коштує доставка?
Коли прийде моє замовлення?
Чи можна оплатити карткою?
Є розстрочка або оплата частинами?
Яка гарантія на товар?
Як повернути покупку?
Чи є це в наявності?
Що порадите для дому?
Чим ці моделі відрізняються?
Де ви знаходитесь?
До котрої години працюєте?
Чи є знижка для постійних клієнтів?
Як стати вашим партнером?
Чи можна подивитися перед покупкою?
Хто робить ремонт, якщо зламається?
Чи потрібно щось докупити окремо?
Ви давно на ринку?
Чи навчаєте користуватися?
Можна взяти в оренду?
Які умови для оптових покупців?
"""
_RU: Final = """
Сколько стоит доставка?
Когда придет мой заказ?
Можно ли оплатить картой?
Есть рассрочка или оплата частями?
Какая гарантия на товар?
Как вернуть покупку?
Есть ли это в наличии?
Что посоветуете для дома?
Чем эти модели отличаются?
Где вы находитесь?
До которого часа работаете?
Есть ли скидка для постоянных клиентов?
Как стать вашим партнером?
Можно ли посмотреть перед покупкой?
Кто делает ремонт, если сломается?
Нужно ли что-то докупить отдельно?
Вы давно на рынке?
Вы обучаете пользоваться?
Можно взять в аренду?
Какие условия для оптовых покупателей?
"""
_EN: Final = """
How much is delivery?
When will my order arrive?
Can I pay by card?
Do you offer instalments?
What warranty do I get?
How do I return a purchase?
Is it in stock?
What would you recommend for home?
What is the difference between these models?
Where are you located?
What time do you close?
Is there a discount for regular customers?
How can I become your partner?
Can I see it before I buy?
Who repairs it if it breaks?
Do I need to buy anything else?
How long have you been in business?
Do you teach people how to use it?
Can I rent one?
What are the terms for wholesale buyers?
"""


def typical_questions() -> list[str]:
    return [line for line in (_UK + _RU + _EN).splitlines() if line]


def find_query_mean(embedder: str) -> Matrix | None:
    """The mean that ships for this embedder, so that a start embeds nothing; None for one we never measured."""
    means = json.loads(resources.files("rag").joinpath(_MEANS).read_text("utf-8"))
    encoded = means.get(embedder)
    return None if encoded is None else np.frombuffer(base64.b64decode(encoded), dtype="<f4").astype(np.float32)


def encode_means(means: Mapping[str, Matrix]) -> str:
    """By the embedder's name, as JSON that `find_query_mean` reads."""
    encoded = {name: base64.b64encode(mean.astype("<f4").tobytes()).decode("ascii") for name, mean in means.items()}
    return json.dumps(encoded, indent=1)
