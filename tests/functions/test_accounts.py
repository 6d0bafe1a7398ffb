"""Names of people are those of Auth."""

import httpx
import pytest
from firebase_admin import auth, exceptions

from colonycraft.errors import Unavailable
from colonycraft.platform.identity import Account, accounts
from support.environment import need
from support.people import Person


def test_people_are_found_by_their_ids(
    http: httpx.Client, person: Person, other_person: Person
) -> None:
    http.post(
        f"http://{need('FIREBASE_AUTH_EMULATOR_HOST')}"
        "/identitytoolkit.googleapis.com/v1/accounts:update",
        headers={"Authorization": "Bearer owner"},
        json={"localId": person.uid, "displayName": "Ada Lovelace"},
    ).raise_for_status()
    assert accounts([person.uid, other_person.uid, "nobody"]) == {
        person.uid: Account("Ada Lovelace", person.email),
        other_person.uid: Account(None, other_person.email),
    }


def test_where_auth_does_not_answer_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise exceptions.UnavailableError("down")

    monkeypatch.setattr(auth, "get_users", refuse)
    with pytest.raises(Unavailable, match="names of people"):
        accounts(["somebody"])
