"""Keys as a person makes them and a program uses them."""

import time
import uuid
from typing import Any

from colonycraft.platform.firestore import Firestore, Query, Where
from support.callable import Answer, api, post
from support.people import Person


def make_key(person: Person, **more: Any) -> tuple[str, str]:
    """Its id and its token."""
    body = {"requestId": str(uuid.uuid4()), "name": "Nightly report", **more}
    result = api("keys.create", body, person).result
    return result["key"]["id"], result["token"]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def ask_with(token: str, text: str = "hello", **more: Any) -> Answer:
    """A call of the proxy, as a program makes it."""
    stream = more.pop("stream", False)
    body = {"model": "words-3", "messages": [{"role": "user", "content": text}], **more}
    return post("openai", body, headers=bearer(token), stream=stream)


def refusal(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.error["status"]


def entries_of(firestore: Firestore, person: Person, fewest: int = 1) -> list[dict[str, Any]]:
    """What the ledger has of a person; it is written while the answer is on its way."""
    until = time.monotonic() + 5
    while True:
        found = firestore.query(Query("ledger", where=(Where("ownerId", "==", person.uid),)))
        entries = [one.data or {} for one in found]
        ended = sum(one["state"] != "open" for one in entries)
        if ended >= fewest or time.monotonic() > until:
            return entries
        time.sleep(0.02)
