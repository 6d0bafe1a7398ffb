"""Who calls: tokens of Firebase Auth and App Check, verified by firebase-admin."""

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import firebase_admin
from firebase_admin import auth, exceptions

from colonycraft.errors import Unauthenticated, Unavailable
from colonycraft.platform.settings import settings

_MAX_TOKENS = 5000
_verified: dict[bytes, dict[str, Any]] = {}
_lock = threading.Lock()


@cache
def _app() -> Any:
    return firebase_admin.initialize_app(options={"projectId": settings().project})  # pyright: ignore[reportUnknownMemberType]


def verify_token(token: str) -> dict[str, Any]:
    """The claims of an ID token. A token that has verified is remembered until it expires: its
    signature does not change. Raises Unauthenticated, or Unavailable when Google's certificates
    cannot be had."""
    key = hashlib.sha256(token.encode()).digest()
    known = _verified.get(key)
    if known is not None and known["exp"] > time.time():
        return known
    try:
        claims = cast(dict[str, Any], auth.verify_id_token(token, _app()))
    except auth.CertificateFetchError as error:
        raise Unavailable("Sign-in cannot be checked right now. Try again.") from error
    except (auth.InvalidIdTokenError, ValueError) as error:
        raise Unauthenticated("Sign in again: this sign-in is not valid any more.") from error
    with _lock:
        if len(_verified) >= _MAX_TOKENS:
            _verified.clear()
        _verified[key] = claims
    return claims


def verify_app(token: str) -> None:
    """Raises Unauthenticated unless the App Check token is good."""
    from firebase_admin import app_check

    try:
        app_check.verify_token(token, _app())  # pyright: ignore[reportUnknownMemberType]
    except Exception as error:
        raise Unauthenticated("This request does not come from the app.") from error


@dataclass(frozen=True, slots=True)
class Account:
    """How a person is called, as far as it is known."""

    name: str | None
    email: str | None


def accounts(uids: Sequence[str]) -> dict[str, Account]:
    """Those of at most 100 people, in one request; who has gone is not among them. Raises
    Unavailable."""
    wanted: Any = [auth.UidIdentifier(uid) for uid in uids]
    try:
        found = cast(Any, auth.get_users(wanted, _app()))  # pyright: ignore[reportUnknownMemberType]
    except exceptions.FirebaseError as error:
        raise Unavailable("The names of people cannot be had right now. Try again.") from error
    known: list[Any] = found.users
    return {one.uid: Account(one.display_name, one.email) for one in known}
