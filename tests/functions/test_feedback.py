"""What people say of answers and of the product, and what is counted of it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from colonycraft.errors import NotFound, RequestIdReused
from colonycraft.feedback import operations, store
from colonycraft.feedback.models import (
    Feedback,
    NoteSession,
    RateAnswer,
    ReadFeedback,
    ReportProblem,
)
from colonycraft.people import store as people
from colonycraft.people.models import UpdatePreferences
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.turns import ask, question, someone

pytestmark = pytest.mark.usefixtures("openai")


@pytest.fixture
def model() -> str:
    """Of its own, so that its counts are too."""
    return f"words-2-x{uuid.uuid4().hex[:12]}"


@pytest.fixture
def rate(new_id: str, model: str) -> Callable[..., str]:
    """Rates the answer in a conversation of the caller's; gives its path."""
    answers: dict[str, str] = {}

    def rate(caller: Caller, rating: str | None, *reasons: str) -> str:
        if not answers:
            _, result = ask(caller, question(new_id, new=True, model=model))
            answers["id"] = result.answer_id
        request: dict[str, Any] = {"rating": rating, "reasons": list(reasons)}
        operations.rate(
            caller, RateAnswer(conversation_id=new_id, message_id=answers["id"], **request)
        )
        return f"conversations/{new_id}/messages/{answers['id']}"

    return rate


def ratings_of(model: str) -> tuple[int, int, dict[str, int]] | None:
    found = read().ratings
    for one in found:
        if one.model == f"openai/{model}":
            return one.good, one.bad, dict(one.reasons)
    return None


def read(days: int = 1) -> Feedback:
    return operations.read(someone(), ReadFeedback(days=days))


def note(caller: Caller, request_id: str, seconds: int, **used: int) -> bool:
    counts = {name.replace("_", "."): times for name, times in used.items()}
    request = NoteSession(request_id=request_id, seconds=seconds, used=counts)
    return operations.note_session(caller, request).counted


def refuse_to_be_counted(caller: Caller) -> None:
    people.update_preferences(caller, UpdatePreferences(metrics=False))


def test_a_rating_is_kept_with_the_answer_and_counted(
    firestore: Firestore, rate: Callable[..., str], model: str
) -> None:
    caller = someone()
    path = rate(caller, "bad", "tooLong", "style")
    stored = firestore.get(path).data
    assert stored is not None
    assert stored["feedback"] == {"rating": "bad", "reasons": ["tooLong", "style"]}
    assert ratings_of(model) == (0, 1, {"tooLong": 1, "style": 1})


def test_a_rating_is_changed_and_taken_back(
    firestore: Firestore, rate: Callable[..., str], model: str
) -> None:
    caller = someone()
    rate(caller, "bad", "wrong")
    rate(caller, "good")
    rate(caller, "good")
    assert ratings_of(model) == (1, 0, {})
    path = rate(caller, None)
    rate(caller, None)
    assert ratings_of(model) is None
    assert (firestore.get(path).data or {})["feedback"] is None


def test_a_rating_costs_three_reads_and_two_writes(
    firestore: Firestore, rate: Callable[..., str]
) -> None:
    caller = someone()
    rate(caller, "good")
    with firestore.counting() as counts:
        rate(caller, "bad")
    assert (len(counts.reads), len(counts.writes)) == (3, 2)


def test_a_question_is_not_rated(new_id: str) -> None:
    caller = someone()
    _, result = ask(caller, question(new_id, new=True))
    for message in (result.question_id, "message-0001"):
        request = RateAnswer(conversation_id=new_id, message_id=message, rating="good")
        with pytest.raises(NotFound):
            operations.rate(caller, request)


def test_who_does_not_want_to_be_counted_rates_for_themselves(
    firestore: Firestore, rate: Callable[..., str], model: str
) -> None:
    caller = someone()
    rate(caller, "good")
    refuse_to_be_counted(caller)
    path = rate(caller, "bad")
    assert (firestore.get(path).data or {})["feedback"]["rating"] == "bad"
    assert ratings_of(model) is None


def test_a_report_is_read_by_administrators(new_id: str) -> None:
    caller = Caller(uid=f"reporter-{new_id}", org_id="o", name="Ada", email="ada@example.com")
    request = ReportProblem(request_id=new_id, text=f" The list is empty {new_id} ", page="/")
    first = operations.report(caller, request)
    assert operations.report(caller, request) == first
    (found,) = [one for one in read().reports if new_id in one.text]
    assert (found.text, found.page) == (f"The list is empty {new_id}", "/")
    assert (found.name, found.email) == ("Ada", "ada@example.com")
    assert found.reported_at == first.reported_at
    other = request.model_copy(update={"text": "Something else"})
    with pytest.raises(RequestIdReused):
        operations.report(caller, other)


def test_the_same_request_id_of_two_people_is_two_reports(new_id: str) -> None:
    request = ReportProblem(request_id=new_id, text=f"Twice {new_id}")
    for _ in range(2):
        operations.report(someone(), request)
    assert len([one for one in read().reports if new_id in one.text]) == 2


@pytest.mark.parametrize(
    "wrong",
    [{"text": "  "}, {"text": "x" * 4001}, {"problems": ["x"] * 11}, {"answer": "x" * 50_001}],
    ids=["nothing", "too long", "too many problems", "too long an answer"],
)
def test_what_is_no_report_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ReportProblem(**{"request_id": "request-0001", "text": "x", **wrong})


def test_a_session_that_goes_on_is_one_session(new_id: str) -> None:
    caller = someone()
    feature = f"test_{uuid.uuid4().hex[:8]}".translate(str.maketrans("0123456789", "ghijklmnop"))
    before = read().sessions
    assert note(caller, new_id, 10, **{feature: 1})
    assert note(caller, new_id, 60, **{feature: 3})
    found = read()
    assert found.sessions == before + 1
    (use,) = [one for one in found.features if one.name == feature.replace("_", ".")]
    assert (use.people, use.times) == (1, 3)


def test_who_does_not_want_to_be_counted_is_not(firestore: Firestore, new_id: str) -> None:
    caller = someone()
    refuse_to_be_counted(caller)
    with firestore.counting() as counts:
        assert not note(caller, new_id, 10)
    assert not counts.writes
    people.update_preferences(caller, UpdatePreferences(metrics=True))
    assert note(caller, new_id, 10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": 0},
        {"seconds": 86_401},
        {"used": {"what a person wrote": 1}},
        {"used": {"chat": 0}},
        {"used": {f"a{'b' * number}": 1 for number in range(101)}},
    ],
    ids=["no time", "more than a day", "no name", "not used", "too many"],
)
def test_what_is_no_session_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NoteSession(**{"request_id": "request-0001", "seconds": 1, **wrong})


def test_more_than_can_be_read_is_said_to_be_cut(
    monkeypatch: pytest.MonkeyPatch, new_id: str
) -> None:
    for number in range(3):
        note(someone(), f"{new_id[:30]}-{number}", 10)
    monkeypatch.setattr(store, "MOST", 2)
    found = read()
    assert (found.sessions, found.complete) == (2, False)
