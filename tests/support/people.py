"""People of the Auth emulator: each test has its own, so that suites share one stack."""

import json
import uuid
from dataclasses import dataclass, replace
from typing import Any

import httpx


@dataclass(frozen=True)
class Person:
    uid: str
    token: str
    refresh: str = ""
    email: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def sign_up(http: httpx.Client, auth_host: str, *, anonymous: bool = False) -> Person:
    email = f"{uuid.uuid4().hex}@example.test"
    account = {} if anonymous else {"email": email, "password": "correct horse"}
    answer = http.post(
        f"http://{auth_host}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=local",
        json={**account, "returnSecureToken": True},
    ).raise_for_status()
    body = answer.json()
    return Person(body["localId"], body["idToken"], body["refreshToken"], email)


def changed(
    http: httpx.Client,
    auth_host: str,
    person: Person,
    claims: Any = None,
    *,
    verified: bool = False,
) -> Person:
    """The person with custom claims or a verified e-mail, as only who runs the project can give
    them, signed in anew."""
    http.post(
        f"http://{auth_host}/identitytoolkit.googleapis.com/v1/accounts:update",
        headers={"Authorization": "Bearer owner"},
        json={
            "localId": person.uid,
            "customAttributes": json.dumps(claims or {}),
            "emailVerified": verified,
        },
    ).raise_for_status()
    answer = http.post(
        f"http://{auth_host}/securetoken.googleapis.com/v1/token?key=local",
        data={"grant_type": "refresh_token", "refresh_token": person.refresh},
    ).raise_for_status()
    return replace(person, token=answer.json()["id_token"])
