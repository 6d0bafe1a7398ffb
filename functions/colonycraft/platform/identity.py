"""Who calls: tokens of Firebase Auth and App Check, verified by firebase-admin, and accounts."""

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
ACCOUNT_KNOWN_FOR = 60.0
"""Seconds for which an account is remembered: a sign-in is for an hour."""
_verified: dict[bytes, dict[str, Any]] = {}
_accounts: dict[str, tuple[float, dict[str, Any] | None]] = {}
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
        raise Unavailable("sign-in-unchecked") from error
    except (auth.InvalidIdTokenError, ValueError) as error:
        raise Unauthenticated("sign-in-over") from error
    with _lock:
        if len(_verified) >= _MAX_TOKENS:
            _verified.clear()
        _verified[key] = claims
    return claims


def claims_of(uid: str) -> dict[str, Any]:
    """What a sign-in of this person would claim, for who comes without one: as Auth has had it in
    the last `ACCOUNT_KNOWN_FOR` seconds. Raises Unauthenticated for who is gone or disabled, and
    Unavailable."""
    at = time.monotonic()
    asked, claims = _accounts.get(uid, (0.0, None))
    if asked == 0.0 or at >= asked + ACCOUNT_KNOWN_FOR:
        claims = _ask_for_claims(uid)
        with _lock:
            if len(_accounts) >= _MAX_TOKENS:
                _accounts.clear()
            _accounts[uid] = (at, claims)
    if claims is None:
        raise Unauthenticated("account-gone")
    return claims


def _ask_for_claims(uid: str) -> dict[str, Any] | None:
    try:
        found = cast(Any, auth.get_user(uid, _app()))  # pyright: ignore[reportUnknownMemberType]
    except auth.UserNotFoundError:
        return None
    except exceptions.FirebaseError as error:
        raise Unavailable("account-unchecked") from error
    if found.disabled:
        return None
    return {
        **(found.custom_claims or {}),
        "uid": uid,
        "name": found.display_name,
        "email": found.email,
        "email_verified": found.email_verified,
    }


def verify_app(token: str) -> None:
    """Raises Unauthenticated unless the App Check token is good."""
    from firebase_admin import app_check

    try:
        app_check.verify_token(token, _app())  # pyright: ignore[reportUnknownMemberType]
    except Exception as error:
        raise Unauthenticated("not-the-app") from error


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
        raise Unavailable("names-unknown") from error
    known: list[Any] = found.users
    return {one.uid: Account(one.display_name, one.email) for one in known}
