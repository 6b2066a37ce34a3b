"""What the Graph's answers say of an account, and how to mend it. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from bots.caretaker import Finding
from bots.channel import AccountState
from bots.meta.answer import Answer
from bots.meta.error_table import Verdict, find_row
from bots.meta.fields import NEEDED, OF_THE_APP, PERMISSIONS, VERSIONS_END, WANTED_OF_THE_APP
from bots.meta.flavour import Flavour
from core.domain.reply_window import WindowRules

SOON: Final = timedelta(days=7)
_DYING: Final = timedelta(days=90)
_SKEW: Final = timedelta(minutes=5)
_SENDING: Final = frozenset({"pages_messaging", "instagram_manage_messages"})
"""Without these nothing can be sent."""
_SETUP: Final = "run `seller channels setup`"
_NETWORK: Final = "check this machine's way to the Graph API; it is tried again by itself"
_TOKEN_ENDS: Final = {
    460: "the password was changed",
    463: "it has expired",
    467: "it was withdrawn",
    458: "the application was removed from the account",
}


def judge_failure(error: Exception) -> Finding:
    return Finding(AccountState.UNREACHABLE, f"the platform cannot be reached ({type(error).__name__})", _NETWORK)


def judge_error(answer: Answer, name: str) -> Finding | None:
    """None = no error. An outage of the platform is never the token's fault. `name` begins the account's settings."""
    if answer.is_good:
        return None
    code, subcode = answer.codes
    if "appsecret_proof" in answer.words:
        return _wrong_secret(name)
    row = find_row(code, subcode) if code is not None and answer.status < 500 else None
    if row and row.verdict is Verdict.TOKEN:
        why = f", {_TOKEN_ENDS[subcode]}" if subcode in _TOKEN_ENDS else ""
        hint = f"make a new token for this account, put it into {name}_TOKEN and start again"
        return Finding(AccountState.UNAUTHORIZED, f"the token is rejected ({_shown(answer)}{why})", hint)
    if (code, subcode) == (200, 2534041):
        hint = "in Instagram's app: Settings, Messages, Connected tools: switch on `Allow access to messages`"
        return Finding(AccountState.RESTRICTED, f"Instagram's access to messages is off ({_shown(answer)})", hint)
    if row and row.verdict is Verdict.RESTRICTED:
        hint = "look at the application's review and permissions, and at the account's own notices"
        return Finding(AccountState.RESTRICTED, f"{row.reason.replace('_', ' ')} ({_shown(answer)})", hint)
    if code in (100, 803) and row and row.verdict is Verdict.MESSAGE:
        hint = f"compare {name}_ID with the number that the platform shows, and the token's permissions"
        return Finding(AccountState.UNAUTHORIZED, f"the account is not known to this token ({_shown(answer)})", hint)
    return Finding(AccountState.UNREACHABLE, f"the platform answered {_shown(answer)}", _NETWORK)


def soften(finding: Finding | None) -> Finding | None:
    """Of a question beside the messages: what is forbidden there does not keep messages from being sent."""
    if finding and finding.state is AccountState.RESTRICTED and "access to messages" not in finding.what:
        return replace(finding, state=AccountState.EXPIRING)
    return finding


def _wrong_secret(name: str) -> Finding:
    where = "the first of META_APP_SECRETS (with Instagram Login: INSTAGRAM_APP_SECRET)"
    hint = f"{where} must be the secret of the application that made {name}_TOKEN"
    return Finding(AccountState.UNAUTHORIZED, "the proof by the app secret is refused", hint)


def _shown(answer: Answer) -> str:
    code, subcode = answer.codes
    return str(answer.status) if code is None else f"{code}/{subcode}" if subcode else str(code)


def judge_identity(answer: Answer, flavour: Flavour, own_id: str) -> Finding | None:
    """Whether the token is that of the account that the settings name."""
    told = str(answer.get("id") or "")
    called = f"{answer.get('name') or answer.get('username') or 'something'} ({told})"
    if flavour is Flavour.PAGE and told != own_id:
        hint = "MESSENGER_TOKEN must be the page's own token (not yours), MESSENGER_PAGE_ID that page's number"
        return Finding(AccountState.UNAUTHORIZED, f"the token is of {called}, not of the page {own_id}", hint)
    if flavour is Flavour.LOGIN and own_id not in (told, str(answer.get("user_id") or "")):
        hint = f"put {answer.get('user_id') or told} into INSTAGRAM_ID, or make a token for the right account"
        return Finding(AccountState.UNAUTHORIZED, f"the token is of {called}, not of {own_id}", hint)
    if flavour is Flavour.LINKED:
        linked = answer.get("instagram_business_account")
        number = str(linked.get("id") or "") if isinstance(linked, Mapping) else ""
        if number != own_id:
            has = f"the Instagram account {number}" if number else "no professional Instagram account"
            hint = "link the account to the page in the page's settings, and set INSTAGRAM_ID to the linked account"
            return Finding(AccountState.UNAUTHORIZED, f"the page {called} has {has}, not {own_id}", hint)
    return None


def judge_version(answer: Answer, wanted: str, today: date) -> Finding | None:
    """A dead version is answered by a younger one, and that is all the platform says of it."""
    told = answer.headers.get("facebook-api-version")
    hint = "set META_GRAPH_VERSION to a living version, after reading the changelog"
    if told and told != wanted:
        return Finding(AccountState.EXPIRING, f"{wanted} of the Graph API is dead, {told} answers instead", hint)
    end = VERSIONS_END.get(wanted)
    if end and end - today < _DYING:
        return Finding(AccountState.EXPIRING, f"{wanted} of the Graph API ends on {end}", hint)
    return None


def judge_clock(answer: Answer, now: datetime) -> Finding | None:
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    if theirs.tzinfo is None or abs(theirs - now) <= _SKEW:
        return None
    minutes = round((now - theirs).total_seconds() / 60)
    hint = "set this machine's clock (NTP): windows for answers are counted by it"
    return Finding(AccountState.EXPIRING, f"this machine's clock is {abs(minutes)} minutes off the platform's", hint)


def judge_token(answer: Answer, flavour: Flavour, name: str, now: datetime) -> list[Finding]:
    """What the platform's own look at the token says: is it valid, until when, what may it do."""
    told = answer.get("data")
    if not isinstance(told, Mapping):
        return []
    found: list[Finding] = []
    for key, what in (("expires_at", "the token"), ("data_access_expires_at", "the token's access to data")):
        if finding := judge_end(_moment(told.get(key)), what, name, now):
            found.append(finding)
    scopes = told.get("scopes")
    missing = [scope for scope in PERMISSIONS.get(flavour, ()) if isinstance(scopes, list) and scope not in scopes]
    if missing:
        hint = "make the token anew with these permissions ticked; for strangers they need advanced access"
        stops = any(scope in _SENDING for scope in missing)
        state = AccountState.RESTRICTED if stops else AccountState.EXPIRING
        found.append(Finding(state, f"the token lacks {', '.join(missing)}", hint))
    return found


def judge_end(end: datetime | None, what: str, name: str, now: datetime) -> Finding | None:
    """`end` None = never."""
    if end is None or end - now > SOON:
        return None
    hint = f"make {name}_TOKEN anew from a long-lived user token: a page's token made from one does not end"
    if name == "INSTAGRAM" and what == "the renewed token":
        hint = "it could not be renewed: make a new one under Instagram's settings and put it into INSTAGRAM_TOKEN"
    if end <= now:
        return Finding(AccountState.UNAUTHORIZED, f"{what} ended on {end:%Y-%m-%d}", hint)
    return Finding(AccountState.EXPIRING, f"{what} ends on {end:%Y-%m-%d %H:%M} UTC", hint)


def _moment(stamp: Any) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int) and stamp > 0 else None


def read_subscribed(answer: Answer, app: str | None) -> list[str] | None:
    """The fields that come to us; None = we are not subscribed at all. `app` None = whoever is subscribed is us."""
    ours = [item for item in answer.items if app is None or str(item.get("id")) == app]
    if not ours:
        return None
    return [str(name) for item in ours for name in item.get("subscribed_fields") or ()]


def judge_subscribed(fields: list[str] | None, flavour: Flavour) -> Finding | None:
    if fields is None:
        what = "webhooks are off for this account: the application is not subscribed (any more)"
        return Finding(AccountState.DEAF, what, _SETUP)
    missing = [name for name in NEEDED[flavour] if name not in fields]
    if missing:
        return Finding(AccountState.DEAF, f"the account does not send us {', '.join(missing)}", _SETUP)
    return None


def judge_webhook(answer: Answer, flavour: Flavour, kind: str, callback: str | None) -> Finding | None:
    """Where the application sends what its accounts send it."""
    ours = next((item for item in answer.items if item.get("object") == kind), None)
    if ours is None or ours.get("active") is False:
        state = "switched off" if ours else "not set up"
        way = _SETUP if callback else "set PUBLIC_URL, then " + _SETUP
        return Finding(AccountState.DEAF, f"the application's webhook for `{kind}` is {state}", f"{way} while it runs")
    told = str(ours.get("callback_url") or "")
    if callback and told != callback:
        hint = "if that is a mistake, run `seller channels setup --force` while the program runs"
        return Finding(AccountState.DEAF, f"the application's webhook for `{kind}` goes to {told}", hint)
    names = list_names(ours.get("fields"))
    missing = [name for name in OF_THE_APP[flavour] if name not in names]
    if missing:
        what = f"the application's webhook for `{kind}` lacks {', '.join(missing)}"
        return Finding(AccountState.DEAF, what, _SETUP)
    return None


def list_unheard(answer: Answer, flavour: Flavour, kind: str) -> list[str]:
    """What the application's webhook for `kind` could tell too, and does not."""
    ours: Mapping[str, Any] = next((item for item in answer.items if item.get("object") == kind), {})
    names = list_names(ours.get("fields"))
    return [name for name in WANTED_OF_THE_APP[flavour] if name not in names]


def tell_tag(rules: WindowRules) -> str:
    """Nobody can ask the platform whether it granted the tag; a message under it is refused when it did not."""
    if rules.person is None:
        return ""
    if rules.person.is_granted:
        return (
            "human agent tag: META_HUMAN_TAG says that App Review granted it, which only a message under it can prove"
        )
    return (
        "human agent tag: off, people answer within 24 hours; ask App Review for the Human Agent feature, then set "
        "META_HUMAN_TAG=true for 7 days"
    )


def tell_token_file(folder: str, ends_at: datetime | None) -> str:
    """Plainly: whoever reads the disk has the token."""
    until = f", until {ends_at:%Y-%m-%d}" if ends_at else ", none yet"
    return f"renewed token: in {folder}, not encrypted, readable by its owner only{until}"


def list_names(fields: Any) -> list[str]:
    """Of a webhook's fields: groups with a name, or plain names in older versions."""
    listed = fields if isinstance(fields, list) else []
    return [str(item.get("name")) if isinstance(item, Mapping) else str(item) for item in listed]
