"""People of the Auth emulator: each test has its own, so that suites share one stack."""

import uuid
from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class Person:
    uid: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def sign_up(http: httpx.Client, auth_host: str) -> Person:
    answer = http.post(
        f"http://{auth_host}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=local",
        json={
            "email": f"{uuid.uuid4().hex}@example.test",
            "password": "correct horse",
            "returnSecureToken": True,
        },
    ).raise_for_status()
    body = answer.json()
    return Person(body["localId"], body["idToken"])
