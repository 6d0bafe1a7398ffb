"""What a person can say of answers and of the product, and what administrators read of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from statistics import median_low
from typing import Any

from colonycraft.feedback import store
from colonycraft.feedback.models import (
    AnswerRated,
    FeatureUse,
    Feedback,
    ModelRatings,
    NoteSession,
    ProblemReported,
    RateAnswer,
    ReadFeedback,
    Report,
    ReportProblem,
    SessionNoted,
)
from colonycraft.platform.clock import now
from colonycraft.platform.operations import Access, Caller, Operation


def rate(caller: Caller, request: RateAnswer) -> AnswerRated:
    store.rate(caller, request)
    reasons = [] if request.rating is None else request.reasons
    return AnswerRated(rating=request.rating, reasons=reasons)


def report(caller: Caller, request: ReportProblem) -> ProblemReported:
    return ProblemReported(reported_at=store.report(caller, request))


def note_session(caller: Caller, request: NoteSession) -> SessionNoted:
    return SessionNoted(counted=store.note_session(caller, request))


def read(_caller: Caller, request: ReadFeedback) -> Feedback:
    first = (now() - timedelta(days=request.days - 1)).date().isoformat()
    ratings, sessions = (
        [one.data or {} for one in store.since(collection, first)]
        for collection in ("ratings", "sessions")
    )
    kept = sessions[: store.MOST]
    lengths = [one["seconds"] for one in kept]
    return Feedback(
        ratings=_by_model(ratings[: store.MOST]),
        people=len({one["ownerId"] for one in kept}),
        sessions=len(kept),
        median_seconds=median_low(lengths) if lengths else None,
        features=_features(kept),
        complete=max(len(ratings), len(sessions)) <= store.MOST,
        reports=[_report(one.data or {}) for one in store.newest_reports()],
    )


def _by_model(ratings: Iterable[Mapping[str, Any]]) -> list[ModelRatings]:
    """The most rated first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    reasons: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    for one in ratings:
        counts[one["model"]][one["rating"]] += 1
        reasons[one["model"]].update(one["reasons"])
    return [
        ModelRatings(
            model=model, good=found["good"], bad=found["bad"], reasons=dict(reasons[model])
        )
        for model, found in sorted(counts.items(), key=lambda one: (-one[1].total(), one[0]))
    ]


def _features(sessions: Iterable[Mapping[str, Any]]) -> list[FeatureUse]:
    """What most people use first."""
    people: defaultdict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    for one in sessions:
        times.update(one["used"])
        for name in one["used"]:
            people[name].add(one["ownerId"])
    found = [FeatureUse(name=name, people=len(people[name]), times=times[name]) for name in people]
    return sorted(found, key=lambda one: (-one.people, -one.times, one.name))


def _report(data: Mapping[str, Any]) -> Report:
    names = ("name", "email", "text", "page", "browser", "version", "problems", "answer")
    return Report(
        reported_at=data["reportedAt"].isoformat(), **{name: data[name] for name in names}
    )


OPERATIONS = (
    Operation(
        name="feedback.rate",
        summary="Says that an answer is good or bad, and why; or takes that back.",
        handler=rate,
        input=RateAnswer,
        output=AnswerRated,
        access=Access.OWNER,
        subject="conversationId",
        example={
            "conversationId": "conversation-0001",
            "messageId": "message-0001",
            "rating": "bad",
            "reasons": ["tooLong"],
        },
    ),
    Operation(
        name="feedback.report",
        summary="Tells the administrators of a problem.",
        handler=report,
        input=ReportProblem,
        output=ProblemReported,
        example={"requestId": "request-0000-0001", "text": "The list is empty.", "page": "/"},
    ),
    Operation(
        name="feedback.noteSession",
        summary="Counts a session and what was used in it, unless its person said otherwise.",
        handler=note_session,
        input=NoteSession,
        output=SessionNoted,
        example={
            "requestId": "request-0000-0001",
            "seconds": 90,
            "used": {"conversations.fork": 2},
        },
    ),
    Operation(
        name="feedback.read",
        summary="Ratings by model, sessions, features that are used, and the newest reports.",
        handler=read,
        input=ReadFeedback,
        output=Feedback,
        access=Access.ADMINISTRATOR,
        example={"days": 30},
    ),
)
