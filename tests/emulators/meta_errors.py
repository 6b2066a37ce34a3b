"""Every refusal of the Send API that the platform documents, by a plain name, to be scripted one call at a time.

Source: Messenger Platform and Instagram error pages, editions of March and June 2026.
"""

from tests.emulators.faults import Fault, delivered_but_silent, server_error

_Row = tuple[int, int, int | None, str]

_ROWS: dict[str, _Row] = {
    "unknown": (500, 1, None, "An unknown error has occurred"),
    "temporary": (500, 2, None, "Service temporarily unavailable"),
    "send failed for now": (500, 1200, None, "Temporary send message failure. Please try again later."),
    "application rate": (400, 4, None, "Application request limit reached"),
    "user rate": (400, 17, None, "User request limit reached"),
    "page rate": (400, 32, None, "Page request limit reached"),
    "call rate": (400, 613, None, "Calls to this api have exceeded the rate limit."),
    "conversation rate": (400, 613, 2534040, "You are sending too fast to this conversation"),
    "abuse warning": (400, 613, 2018338, "You cannot send messages to this person for now"),
    "outside the window": (400, 10, 2018278, "This message is sent outside of allowed window."),
    "outside the window on Instagram": (400, 10, 2534022, "This message is sent outside of allowed window."),
    "outside the window, new permission": (400, 10, 2018065, "This message is sent outside of allowed window."),
    "cannot be reached": (400, 10, 2018108, "This person cannot receive messages right now"),
    "not available": (400, 551, None, "This person isn't available right now."),
    "not available now": (400, 551, 1545041, "This person isn't available right now."),
    "not available to this application": (403, 200, 1545041, "This person isn't available right now."),
    "page restricted": (400, 10, 1893063, "This page is restricted from sending messages"),
    "no permission for this": (403, 10, None, "Application does not have permission for this action"),
    "no such person": (400, 100, 2018001, "No matching user found"),
    "file not fetched": (400, 100, 2018008, "Failed to fetch the file from the url"),
    "file not uploaded": (400, 100, 2018047, "Upload attachment failure"),
    "file too big": (400, 100, 2018109, "Attachment size exceeds allowable limit"),
    "no such object": (400, 100, 33, "Unsupported post request"),
    "bad recipient on Instagram": (400, 100, 2534014, "The requested user cannot be found."),
    "bad message on Instagram": (400, 100, 2534015, "Invalid message data"),
    "bad attachment on Instagram": (400, 100, 2534025, "Invalid attachment"),
    "blocked on Instagram": (400, 100, 2534029, "The person has blocked this account"),
    "bad parameter": (400, 100, None, "Invalid parameter"),
    "another app holds the thread on Instagram": (400, 100, 2534037, "Another app is controlling this thread now"),
    "another app holds the thread": (400, 2018300, None, "Another app is controlling this thread now"),
    "token": (401, 190, None, "Invalid OAuth access token"),
    "password changed": (401, 190, 460, "The session has been invalidated because the user changed their password"),
    "token expired": (401, 190, 463, "Session has expired"),
    "token invalid": (401, 190, 467, "The access token is invalid"),
    "no permission": (403, 200, None, "Permissions error"),
    "not reviewed": (403, 200, 2018028, "Cannot message users who are not admins, developers or testers of the app"),
    "messages switched off": (403, 200, 2534041, "The account has switched off access to messages"),
    "no consent": (403, 230, None, "Requires consent of the person"),
    "blocked for policy": (400, 368, None, "The action attempted has been deemed abusive or is otherwise disallowed"),
    "send limit": (400, 2022, None, "Message send limit reached"),
    "not allowed here": (400, 2018321, None, "Messages cannot be sent from here"),
    "no profile": (400, 2018218, None, "Profile information of the person is not available"),
    "no profile either": (400, 2018247, None, "Insufficient permission to access the profile"),
    "deleted": (400, 9000001, None, "The message was deleted"),
    "replied privately already": (400, 10900, None, "Activity already replied to"),
    "may not be replied to": (400, 10903, None, "This user can't reply to this activity"),
    "no matching Instagram person": (400, 9010, None, "No matching Instagram user"),
}


def _fault(row: _Row) -> Fault:
    status, code, subcode, words = row
    told = {"type": "OAuthException", "code": code, **({"error_subcode": subcode} if subcode else {})}
    return Fault(status, words, {**told, "is_transient": status == 500})


FAULTS: dict[str, Fault] = {
    **{name: _fault(row) for name, row in _ROWS.items()},
    "delivered, unreadable": Fault(
        500, "Invalid JSON reply", {"type": "OAuthException", "code": 1, "error_subcode": 1357046}, delivered=True
    ),
    "delivered, no answer": delivered_but_silent(60),
    "delivered, bad gateway": Fault(502, delivered=True, body="<html><h1>Bad Gateway</h1></html>"),
    "bad gateway": server_error(),
    "code of next year": Fault(400, "Something new", {"type": "OAuthException", "code": 987654}),
    "transient code of next year": Fault(500, "Something new", {"code": 987655, "is_transient": True}),
}
"""By name, for scripts and for the control address."""
