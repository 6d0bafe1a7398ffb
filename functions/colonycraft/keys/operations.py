"""What a person can do with keys, and an administrator with everybody's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from colonycraft.errors import FailedPrecondition, PermissionDenied
from colonycraft.keys import access, store
from colonycraft.keys.models import (
    AllKeys,
    CreatedKey,
    CreateKey,
    KeyBudget,
    KeyList,
    KeyView,
    ListAllKeys,
    NamedKey,
    NamedKeys,
    NameKeys,
    OwnedKey,
    RevokedKey,
    RevokeKey,
)
from colonycraft.keys.store import Key
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.identity import Account, accounts
from colonycraft.platform.operations import Access, Caller, Empty, Operation
from colonycraft.usage import spending
from colonycraft.usage.budgets import Budget, Whom, bank_of
from colonycraft.usage.counts import whole_counts
from colonycraft.usage.models import NamedPerson


def create_key(caller: Caller, request: CreateKey) -> CreatedKey:
    """Two reads and two writes. Raises PermissionDenied for guests, FailedPrecondition where keys
    are switched off or there are as many as there can be, RequestIdReused, Contended."""
    if caller.role == "guest":
        raise PermissionDenied("keys-not-for-guests")
    if not spending.policy().keys:
        raise FailedPrecondition("keys-off")
    id = store.id_of(caller, request.request_id)
    token, at, asked = access.new_token(id), now(), request.budget
    budget = None
    if asked is not None:
        budget = Budget(Whom(shared=True, key=id), asked.limit, asked.unit, asked.period)
    key = Key(
        id,
        caller.uid,
        caller.org_id,
        request.name,
        access.hash_of(token),
        at,
        at + timedelta(days=request.days),
        None if request.models is None else tuple(request.models),
        budget,
    )
    store.create(caller, key)
    access.learn(key)
    log.info(
        "a key was made",
        uid=caller.uid,
        correlationId=caller.correlation_id,
        key=id,
        days=request.days,
        budget=None if budget is None else budget.text,
    )
    return CreatedKey(key=_views([key])[0], token=token)


def list_keys(caller: Caller, _request: Empty) -> KeyList:
    """A read, one a key, and one a key with a budget."""
    keys = store.of_person(caller.uid)
    return KeyList(keys=_views(keys), allowed=spending.policy().keys, most=store.MOST)


def list_all_keys(_caller: Caller, request: ListAllKeys) -> AllKeys:
    """A read a key, and one a key with a budget. Raises NotFound, Unavailable."""
    keys, more = store.page(request.after)
    owners = _owners(keys)
    owned = [
        OwnedKey(key=view, owner=owners[key.owner_id])
        for key, view in zip(keys, _views(keys), strict=True)
    ]
    return AllKeys(keys=owned, more=more)


def name_keys(caller: Caller, request: NameKeys) -> NamedKeys:
    """Also those that were revoked: their use stays. A read a key. Raises Unavailable."""
    keys = [
        one
        for one in store.of_ids(request.key_ids)
        if one.owner_id == caller.uid or caller.role == "admin"
    ]
    owners = _owners(keys)
    return NamedKeys(
        keys=[
            NamedKey(id=one.id, name=one.name, revoked=one.revoked, owner=owners[one.owner_id])
            for one in keys
        ]
    )


def _owners(keys: Sequence[Key]) -> dict[str, NamedPerson]:
    uids = sorted({one.owner_id for one in keys})
    known = accounts(uids) if uids else {}
    nobody = Account(None, None)
    return {
        uid: NamedPerson(id=uid, name=one.name, email=one.email)
        for uid in uids
        for one in (known.get(uid, nobody),)
    }


def revoke_key(caller: Caller, request: RevokeKey) -> RevokedKey:
    """Holds at once here, and within `access.KNOWN_FOR` seconds elsewhere. Raises NotFound,
    Contended."""
    key = store.revoke(caller, request.key_id)
    access.learn(replace(key, revoked=True))
    if not key.revoked:
        log.info(
            "a key was revoked",
            uid=caller.uid,
            correlationId=caller.correlation_id,
            key=key.id,
            owner=key.owner_id,
        )
    return RevokedKey(key_id=key.id)


def _views(keys: Sequence[Key]) -> list[KeyView]:
    at = now()
    banks = {one.id: bank_of(one.budget, one.owner_id, at).path for one in keys if one.budget}
    counts = dict(zip(banks, whole_counts(list(banks.values())), strict=True))
    return [
        KeyView(
            id=one.id,
            name=one.name,
            prefix=f"{access.PREFIX}{one.id[:6]}",
            created_at=one.created_at.isoformat(),
            expires_at=one.expires_at.isoformat(),
            expired=at >= one.expires_at,
            last_used_day=one.last_used_day,
            models=None if one.models is None else list(one.models),
            budget=_budget(one.budget),
            used=sum(counts[one.id]) if one.id in counts else None,
        )
        for one in keys
    ]


def _budget(budget: Budget | None) -> KeyBudget | None:
    if budget is None:
        return None
    assert budget.unit != "answers"
    return KeyBudget(limit=budget.limit, unit=budget.unit, period=budget.period)


OPERATIONS = (
    Operation(
        name="keys.create",
        summary="Makes a key, and tells it this once.",
        handler=create_key,
        input=CreateKey,
        output=CreatedKey,
        example={
            "requestId": "request-0000-0001",
            "name": "Nightly report",
            "days": 90,
            "budget": {"limit": 5_000_000, "unit": "USD", "period": "month"},
            "models": ["openai/*"],
        },
    ),
    Operation(
        name="keys.list",
        summary="The caller's keys, without what opens.",
        handler=list_keys,
        input=Empty,
        output=KeyList,
    ),
    Operation(
        name="keys.listAll",
        summary="Everybody's keys, a hundred at once.",
        handler=list_all_keys,
        input=ListAllKeys,
        output=AllKeys,
        access=Access.ADMINISTRATOR,
    ),
    Operation(
        name="keys.names",
        summary="How keys are called whose use is shown, also those that were revoked.",
        handler=name_keys,
        input=NameKeys,
        output=NamedKeys,
        example={"keyIds": ["0123456789abcdef0123"]},
    ),
    Operation(
        name="keys.revoke",
        summary="Ends a key for good: one's own, or as an administrator anybody's.",
        handler=revoke_key,
        input=RevokeKey,
        output=RevokedKey,
        access=Access.OWNER,
        subject="keyId",
        example={"keyId": "0123456789abcdef0123"},
    ),
)
