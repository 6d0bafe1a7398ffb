"""What a key may do now: asked at the door, and again before each attempt at a call.

A process remembers a key for `KNOWN_FOR` seconds, also that there is none, so one that is revoked
elsewhere stops within that time; where it was revoked, at once.
"""

import hashlib
import hmac
import re
import secrets
import threading
import time
from dataclasses import replace
from datetime import datetime

from colonycraft.errors import PermissionDenied, Unauthenticated
from colonycraft.keys import store
from colonycraft.keys.store import Key
from colonycraft.platform.clock import now
from colonycraft.platform.operations import Caller
from colonycraft.usage import spending
from colonycraft.usage.budgets import Bank, bank_of, time_zone

KNOWN_FOR = 5.0
"""Seconds for which a key is remembered, from when it was asked for."""
MOST_KNOWN = 5_000
PREFIX = "cck_"
_TOKEN = re.compile(rf"{PREFIX}(?P<id>[0-9a-f]{{20}})_[A-Za-z0-9_-]{{43}}")

_known: dict[str, tuple[float, Key | None]] = {}
_guard = threading.Lock()


def new_token(id: str) -> str:
    """The whole key: 256 bits at random, so that no salt or slow hash is needed to keep it."""
    return f"{PREFIX}{id}_{secrets.token_urlsafe(32)}"


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_key(token: str) -> bool:
    """Whether it means to be one; a token of Firebase Auth never does."""
    return token.startswith(PREFIX)


def verify(token: str) -> Key:
    """Raises Unauthenticated for a token that is no key in force, PermissionDenied where keys are
    switched off, Unavailable. One read where it is not remembered."""
    found = _TOKEN.fullmatch(token)
    key = None if found is None else _find(found["id"])
    if key is None or not hmac.compare_digest(key.hash, hash_of(token)):
        raise Unauthenticated("key-unknown")
    _check(key)
    _note_use(key)
    return key


def key_of(caller: Caller) -> Key | None:
    """The key that is used, None for who has signed in. Raises like `verify`."""
    if caller.key is None:
        return None
    key = _find(caller.key)
    if key is None:
        raise Unauthenticated("key-gone")
    _check(key)
    return key


def check(caller: Caller, model: str) -> Key | None:
    """Like `key_of`; raises PermissionDenied for a model that the key is not for."""
    key = key_of(caller)
    if key is not None and not key.is_for(model):
        raise PermissionDenied("key-not-for-model", model=model)
    return key


def banks(caller: Caller, model: str, at: datetime) -> tuple[Bank, ...]:
    """The counts that a call would change: those of the person, and that of the key. Raises like
    `check`."""
    key = check(caller, model)
    of_person = spending.banks(caller, model, at)
    if key is None or key.budget is None:
        return of_person
    return (*of_person, bank_of(key.budget, key.owner_id, at))


def learn(key: Key) -> None:
    """What this process has changed holds here at once, whatever was asked for before."""
    _remember(key.id, time.monotonic(), key)


def forget() -> None:
    """Remembers nothing: between tests."""
    with _guard:
        _known.clear()


def _find(id: str) -> Key | None:
    at = time.monotonic()
    asked, key = _known.get(id, (at - KNOWN_FOR, None))
    return key if at < asked + KNOWN_FOR else _remember(id, at, store.read(id))


def _remember(id: str, at: float, key: Key | None) -> Key | None:
    """What holds: a later answer wins, however long an earlier one was on its way."""
    with _guard:
        if id not in _known and len(_known) >= MOST_KNOWN:
            _known.clear()
        asked, _ = _known.get(id, (at, None))
        if asked <= at:
            _known[id] = (at, key)
        return _known[id][1]


def _check(key: Key) -> None:
    if not spending.policy().keys:
        raise PermissionDenied("keys-off")
    if key.revoked:
        raise Unauthenticated("key-revoked")
    if now() >= key.expires_at:
        raise Unauthenticated("key-expired")


def _note_use(key: Key) -> None:
    """Once a day and process, however many use it at once."""
    day = now().astimezone(time_zone()).date().isoformat()
    with _guard:
        asked, known = _known.get(key.id, (0.0, None))
        if known is None or known.last_used_day == day:
            return
        _known[key.id] = (asked, replace(known, last_used_day=day))
    store.note_used(key, day)
