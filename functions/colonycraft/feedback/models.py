"""Feedback as it crosses the door."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from colonycraft.conversations.models import Id, MessageId
from colonycraft.platform.operations import Model

Rating = Literal["good", "bad"]
Reason = Literal["wrong", "notAsked", "incomplete", "tooLong", "style", "slow", "harmful", "other"]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400)]
OperationName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z.]{1,60}$")]
Times = Annotated[int, Field(ge=1, le=100_000)]


class RateAnswer(Model):
    """`rating` null takes it back. `reasons` say why it is bad."""

    conversation_id: Id
    message_id: MessageId
    rating: Rating | None
    reasons: Annotated[list[Reason], Field(max_length=8)] = Field(default_factory=list[Reason])


class AnswerRated(Model):
    rating: Rating | None
    reasons: list[Reason]


class ReportProblem(Model):
    """All of it is read by the workspace's administrators, with the caller's name and e-mail.
    `answer` is the text of an answer that the report is about."""

    request_id: Id
    text: Text
    page: Line | None = None
    browser: Line | None = None
    version: Line | None = None
    problems: Annotated[list[Line], Field(max_length=10)] = Field(default_factory=list[Line])
    answer: Annotated[str, StringConstraints(max_length=50_000)] | None = None


class ProblemReported(Model):
    """`reported_at` is RFC 3339."""

    reported_at: str


class NoteSession(Model):
    """The time that the app was on the screen, and how often each operation was called."""

    request_id: Id
    seconds: Annotated[int, Field(ge=1, le=86_400)]
    used: Annotated[dict[OperationName, Times], Field(max_length=100)] = Field(
        default_factory=dict[str, int]
    )


class SessionNoted(Model):
    """`counted` false: the caller does not want to be counted."""

    counted: bool


class ReadFeedback(Model):
    """The last days, today included."""

    days: Annotated[int, Field(ge=1, le=90)]


class ModelRatings(Model):
    """`reasons` are counts."""

    model: str
    good: int
    bad: int
    reasons: dict[Reason, int]


class FeatureUse(Model):
    """Of an operation: by how many people, how often."""

    name: str
    people: int
    times: int


class Report(Model):
    reported_at: str
    name: str | None
    email: str | None
    text: str
    page: str | None
    browser: str | None
    version: str | None
    problems: list[str]
    answer: str | None


class Feedback(Model):
    """`median_seconds` is of a session; null: there was none. `complete` false: there is more than
    can be read at once, and the older part is missing. Reports are the newest, whatever their
    day."""

    ratings: list[ModelRatings]
    people: int
    sessions: int
    median_seconds: int | None
    features: list[FeatureUse]
    complete: bool
    reports: list[Report]
