"""Policies: the lines the firm stands by, in each language; only what they say may be promised."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request, Response

from bots.access import EVERYONE, LEADS
from bots.desk.answers import KNOWLEDGE
from bots.desk.firm_lines import Lines, Seen, apply, check_date, emptied, past_changes, write_down
from bots.desk.pages import language_of
from bots.desk.parts import DeskParts
from bots.desk.routes import BadForm, build_page_router, go_back
from bots.figures import differing
from bots.firm_files import FIRM
from core.domain.firm import Policy
from core.errors import InvalidFirm, SellerError

PAGE: Final = f"{KNOWLEDGE}/policies"
LONGEST_LINE: Final = 1000

PolicyId = Annotated[str, Form(max_length=200)]


def build_policies(parts: DeskParts) -> APIRouter:
    router = build_page_router(parts.pages, PAGE)
    leads = [parts.access.allow(*LEADS)]

    @router.get("", dependencies=[parts.access.allow(*EVERYONE)])
    async def show_policies(request: Request) -> Response:
        return parts.pages.render(request, "policies.html", await _list(parts))

    @router.get("/edit", dependencies=leads)
    async def show_policy(request: Request, id: str) -> Response:
        policy = _find(parts, id)
        return await _form(parts, request, policy, written(policy), await parts.knowledge.files.seen(FIRM))

    @router.post("", dependencies=leads)
    async def change_policy(request: Request, id: PolicyId, seen: Seen) -> Response:
        policy, fields = _find(parts, id), await request.form()
        was = written(policy)
        typed = {name: " ".join(str(fields.get(name, "")).split()) for name in was}
        texts = {language: typed[language] for language in policy.text if typed[language] != was[language]}
        try:
            check(typed)
            if not fields.get("sure"):
                check_figures(parts, request, {language: typed[language] for language in policy.text})
            change = await apply(parts, parts.knowledge.files.change_policy(id, texts, typed["valid_until"], seen))
        except (BadForm, InvalidFirm) as refused:
            return await _form(parts, request, policy, typed, seen, refused)
        await write_down(parts, request, ("change_policy", f"policy:{id}"), change, was, typed)
        return go_back(request, PAGE, "policy_changed")

    return router


def check(typed: Lines) -> None:
    """Raises BadForm."""
    for name, line in typed.items():
        if name == "valid_until":
            check_date(line)
        elif not line:
            raise BadForm("empty_line", field=name)
        elif len(line) > LONGEST_LINE:
            raise BadForm("long_line", field=name, limit=LONGEST_LINE)


def check_figures(parts: DeskParts, request: Request, texts: Lines) -> None:
    """Raises BadForm when one language promises what another does not."""
    alone, words = differing(texts), parts.pages.words(language_of(request))
    if alone:
        said = "; ".join(f"{words(f'language.{each}')}: {', '.join(alone[each].values()) or '—'}" for each in alone)
        odd = max(alone, key=lambda each: sum(alone[each].keys() != other.keys() for other in alone.values()))
        raise BadForm("lines_differ", field=odd, said=said)


def written(policy: Policy) -> dict[str, str]:
    """Its lines by language, and how long it holds."""
    return {**policy.text, "valid_until": policy.valid_until.isoformat() if policy.valid_until else ""}


def _find(parts: DeskParts, policy_id: str) -> Policy:
    found = next((policy for policy in parts.firm().policies if policy.id == policy_id), None)
    if found is None:
        raise LookupError(f"no policy {policy_id}")
    return found


async def _list(parts: DeskParts) -> dict[str, Any]:
    firm, seen = parts.firm(), await parts.knowledge.files.seen(FIRM)
    return {
        "policies": firm.policies,
        "today": firm.today(parts.clock.now()),
        "file": FIRM,
        "seen": seen,
        "changes": await past_changes(parts, FIRM, seen),
    }


async def _form(
    parts: DeskParts, request: Request, policy: Policy, typed: Lines, seen: str, refused: SellerError | None = None
) -> Response:
    elsewhere = await parts.knowledge.said_elsewhere("\n".join(policy.text.values()))
    values = {
        "policy": policy, "typed": typed, "seen": seen, "refused": refused, "elsewhere": elsewhere,
        "longest": LONGEST_LINE, **await emptied(parts),
    }  # fmt: skip
    return parts.pages.render(request, "policy.html", values, status=422 if refused else 200)
