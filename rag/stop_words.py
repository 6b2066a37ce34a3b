"""Words that say nothing of the subject: grammar, politeness, and how a question is put."""

from typing import Final

_UK: Final = """
а або але б би без бо бути була були було буде будуть будь будь-ласка в вам вами вас ваш ваша ваше ваші вашого
вашої вашу вже ви від він вона воно вони все всі всього всіх вся да де для до доброго добрий день дня ж же з за
зараз зі і її із їх й його йому коли котра котрий куди ласка ли лише мати маю має мене мені ми можна може можете
можу можливо мій моя моє мої на над нам нас наш наша наше наші не нема немає ні ну о об один одна он от ось
перед під по поки порадьте при про просто підкажіть скажіть розкажіть привіт вітаю саме свій себе скільки слід
собі та так така таке такий такі там те теж ти тим то тобі того тої той том ту тут у хіба хотів хотіла хотілося
хочу хочемо хто це цей ця ці цього цьому цю чи чим чого чому через що щоб щодо щось як яка яке який які якийсь
якісь якої яку якщо цікавить цікаво треба потрібно потрібен потрібна потрібні є дуже ще якось також взагалі
кожен допомагаєте допоможете пропонуєте надаєте робите зробите продаєте видаєте даєте дасте
"""
_RU: Final = """
а без бы был была были было быть будет будете будут в вам вами вас ваш ваша ваше ваши вашего вашей вашу весь во
вообще вот все всего всех вы где да день для до добрый доброго ее её если есть еще ещё ж же за здравствуйте и из
или им их к как какая какие какой каких какую ко когда кто куда ли либо лишь меня мне могу можно может можете
мой моя мое мои мы на над надо нам нас наш наша не него нее нет ни но ну о об один одна он она они оно от перед
по под подскажите пожалуйста почему при привет про просто расскажите с сам свой себе себя сейчас скажите сколько
со так такая такие такой там те тебе тем то того тоже той только том ту тут ты у уже хотел хотела хотелось хочу
хотим чего чем через что чтоб чтобы что-то эта эти это этого этой этот эту я интересует интересно нужно нужен
нужна нужны очень также каждый ещё помогаете поможете предлагаете предоставляете делаете сделаете продаете
выдаете даете дадите
"""
_EN: Final = """
a about all also am an and any anything are as at be because been being but by can could d did do does doing
don't done for from get give got had has have having hello here hey hi how i i'd i'll i'm i've if in into is
isn't it it's its just know let let's like ll m may maybe me might much many must my need no not of on one only
or our out over please really s shall she should so some somebody someone something t tell than thank thanks
that that's the their them then there there's these they this those to too under until up us ve very want was we
we're well were what what's when where where's which while who whom whose why will with would wouldn't you
you're your yours provide offer sell help make
"""

STOP_WORDS: Final = frozenset((_UK + _RU + _EN).split())
