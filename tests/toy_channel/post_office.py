"""The emulated post office, in memory: what lies in whose box, and anything may go wrong with the next letter."""

import json

import httpx

KEY = "key-of-our-box"
SEAL = "seal-of-the-post-office"

FAULTS = {
    "wait": httpx.Response(429, headers={"Retry-After": "30"}),
    "no such box": httpx.Response(410),
    "bad letter": httpx.Response(422),
    "key": httpx.Response(401),
    "broken": httpx.Response(502),
}


class PostOffice:
    def __init__(self, *boxes: str) -> None:
        self.boxes: dict[str, list[str]] = {box: [] for box in boxes}
        self.next_fault = ""

    def client(self) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {KEY}"}
        return httpx.AsyncClient(base_url="http://post", headers=headers, transport=httpx.MockTransport(self._take))

    def _take(self, request: httpx.Request) -> httpx.Response:
        fault, self.next_fault = self.next_fault, ""
        if fault == "no connection":
            raise httpx.ConnectError("scripted")
        if fault in FAULTS:
            return FAULTS[fault]
        if request.url.path == "/box":
            return httpx.Response(200)
        letter = json.loads(request.content)
        if letter["to"] not in self.boxes:
            return FAULTS["no such box"]
        if not letter["text"] or len(letter["text"]) > 200 or len(letter["answers"]) > 3:
            return FAULTS["bad letter"]
        box = self.boxes[letter["to"]]
        box.append(letter["text"])
        if fault == "silent":
            raise httpx.ReadTimeout("scripted")
        return httpx.Response(201, json={"number": f"{letter['to']}-{len(box)}"})
