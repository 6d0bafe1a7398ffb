"""Ratings, reports and sessions in Firestore; no rule opens them.

`ratings/{hash}`: one an answer, without any of its words. `reports/{hash}`: what a person wrote of
a problem. `sessions/{hash}`: the length of one, and what was used. Firestore removes reports and
sessions by `expireAt`.
"""

import hashlib
from datetime import timedelta
from typing import Any

from colonycraft.conversations import store as conversations
from colonycraft.errors import NotFound, RequestIdReused
from colonycraft.feedback.models import NoteSession, RateAnswer, ReportProblem
from colonycraft.people import wants_to_be_counted
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import AlreadyThere, Query, Snapshot, Where, database
from colonycraft.platform.operations import Caller

SCHEMA_VERSION = 1
SESSIONS_KEPT = timedelta(days=180)
REPORTS_KEPT = timedelta(days=365)
MOST = 5_000
"""Ratings or sessions that one overview reads."""
MOST_REPORTS = 50


def rate(caller: Caller, request: RateAnswer) -> None:
    """With the answer, where its owner sees it on every device, and beside it for the counts.
    Raises NotFound."""
    path = conversations.message_path(request.conversation_id, request.message_id)
    conversation, message = database().get_all(
        [conversations.path_of(request.conversation_id), path]
    )
    conversations.owned(caller, conversation)
    answer = message.data
    if answer is None or answer["role"] != "assistant":
        raise NotFound("answer-missing")
    feedback = None
    if request.rating is not None:
        feedback = {"rating": request.rating, "reasons": list(request.reasons)}
    unit = database().unit_of_work()
    unit.update(path, {("feedback",): feedback})
    rating = f"ratings/{_hash(request.conversation_id, request.message_id)}"
    if feedback is None or not wants_to_be_counted(caller):
        unit.delete(rating)
    else:
        fields = {**_base(caller), **feedback, "model": answer["model"]}
        unit.merge(rating, {(name,): value for name, value in fields.items()})
    unit.commit()


def report(caller: Caller, request: ReportProblem) -> str:
    """When it was reported. The same request again answers the same. Raises RequestIdReused."""
    path = f"reports/{_hash(caller.uid, request.request_id)}"
    words = request.model_dump(by_alias=True, exclude={"request_id"})
    at = now()
    unit = database().unit_of_work()
    who = {"name": caller.name, "email": caller.email}
    times = {"reportedAt": at, "expireAt": at + REPORTS_KEPT}
    unit.create(path, {**_base(caller), **words, **who, **times})
    try:
        unit.commit()
    except AlreadyThere as error:
        stored: dict[str, Any] = database().get(path).data or {}
        if any(stored.get(name) != value for name, value in words.items()):
            raise RequestIdReused("request-id-reused") from error
        at = stored["reportedAt"]
    return at.isoformat()


def note_session(caller: Caller, request: NoteSession) -> bool:
    """Whether it is counted. A longer session replaces what was noted of it before."""
    if not wants_to_be_counted(caller):
        return False
    unit = database().unit_of_work()
    fields = {
        **_base(caller),
        "seconds": request.seconds,
        "used": request.used,
        "expireAt": now() + SESSIONS_KEPT,
    }
    path = f"sessions/{_hash(caller.uid, request.request_id)}"
    unit.merge(path, {(name,): value for name, value in fields.items()})
    unit.commit()
    return True


def since(collection: str, first_day: str) -> list[Snapshot]:
    """The newest first; one more than MOST says that there are more."""
    return database().query(
        Query(
            collection,
            where=(Where("day", ">=", first_day),),
            order_by=(("day", "desc"),),
            limit=MOST + 1,
        )
    )


def newest_reports() -> list[Snapshot]:
    return database().query(
        Query("reports", order_by=(("reportedAt", "desc"),), limit=MOST_REPORTS)
    )


def _base(caller: Caller) -> dict[str, Any]:
    return {
        "orgId": caller.org_id,
        "ownerId": caller.uid,
        "schemaVersion": SCHEMA_VERSION,
        "day": now().date().isoformat(),
    }


def _hash(*names: str) -> str:
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:32]
