"""Ours beside theirs, by day and model."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from colonycraft.errors import FailedPrecondition, InvalidArgument
from colonycraft.platform import firestore as platform
from colonycraft.platform.operations import Caller
from colonycraft.usage import days, ledger, reconcile
from colonycraft.usage.export_rows import Export, Row
from colonycraft.usage.ledger import Amounts, Draft, Settlement
from colonycraft.usage.models import ReconcileExport, Reconciliation
from colonycraft.usage.operations import reconcile_export
from colonycraft.usage.reconcile import family
from colonycraft.usage.teller import Teller
from support.callable import api
from support.memory_firestore import MemoryFirestore, use
from support.people import Person

EXPORTS = Path(__file__).parent / "exports"
ADMIN = Caller("admin", "personal-admin", role="admin")
NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
ONE, TWO = "2025-11-26", "2025-11-27"


@pytest.fixture
def store() -> Iterator[MemoryFirestore]:
    before = platform.database() if platform.database.cache_info().currsize else None
    memory = MemoryFirestore()
    use(memory)
    yield memory
    use(before)


def used(
    model: str, micros: int, into: int, out: int, at: datetime = NOON, uid: str = "ada"
) -> None:
    draft = Draft(Caller(uid, uid), "turn", model, 10, 10, 10, 10, None, "unknown")
    entry = ledger.entry_of(draft, 10, at)
    Teller().settle(entry, Settlement(Amounts(micros, into, out, 1)))


def told(name: str, connection: str | None = None) -> Reconciliation:
    text = (EXPORTS / name).read_text(encoding="utf-8")
    return reconcile_export(ADMIN, ReconcileExport(text=text, connection=connection))


def lines(found: Reconciliation) -> list[tuple[object, ...]]:
    return [
        (one.day, one.model, one.ours.micros, one.theirs.micros, one.difference.micros)
        for one in found.lines
    ]


@pytest.mark.usefixtures("store")
def test_costs_by_day_and_model() -> None:
    used("openai/gpt-5-mini", 12_000, 100, 10)
    used("openai/gpt-5-mini-2025-08-07", 1_000, 100, 10, uid="bob")
    used("openai/gpt-4o", 7, 1, 1, NOON + timedelta(days=1))
    used("anthropic/claude-opus-5", 99, 1, 1)
    used("openai/gpt-4o", 5, 1, 1, NOON + timedelta(days=2))
    found = told("openai-costs.json")
    assert (found.provider, found.kind, found.complete) == ("openai", "costs", True)
    assert lines(found) == [
        (ONE, "gpt-5-mini", 13_000, 13_000, 0),
        (ONE, "Web search tool calls", 0, 2_250_000, -2_250_000),
        (TWO, "gpt-4o", 7, 0, 7),
    ]
    assert found.lines[0].theirs.input_tokens is None
    assert found.lines[0].difference.input_tokens is None
    assert found.lines[0].ours.input_tokens == 200
    assert (found.ours.micros, found.theirs.micros, found.difference.micros) == (
        13_007,
        2_263_000,
        -2_249_993,
    )


@pytest.mark.usefixtures("store")
def test_tokens_by_day_and_model() -> None:
    used("anthropic/claude-haiku-4-5", 5, 62_968, 16_930)
    found = told("anthropic-usage.csv")
    haiku, sonnet = found.lines
    assert (haiku.model, haiku.difference.input_tokens, haiku.difference.output_tokens) == (
        "claude-haiku-4-5",
        0,
        -2,
    )
    assert haiku.theirs.micros is None and haiku.difference.micros is None
    assert (sonnet.ours.input_tokens, sonnet.difference.input_tokens) == (0, -100)


@pytest.mark.usefixtures("store")
def test_names_that_people_read_are_known() -> None:
    used("anthropic/claude-haiku-4-5-20251001", 70_000, 1, 1)
    assert lines(told("anthropic-costs.csv")) == [
        (ONE, "claude-haiku-4-5-20251001", 70_000, 70_000, 0),
        (TWO, "web_search", 0, 300_000, -300_000),
    ]


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (("Claude Haiku 4.5", "claude-haiku-4-5", "claude-haiku-4-5-20251001"), True),
        (("Claude 3.5 Sonnet 2024-10-22", "claude-3-5-sonnet-20241022"), True),
        (("gpt-4o", "gpt-4o-2024-08-06"), True),
        (("mistral-large", "mistral-large-latest"), True),
        (("gpt-4o", "gpt-4o-mini"), False),
        (("gpt-5", "gpt-5.2"), False),
        (("claude-opus-4", "claude-opus-4-5"), False),
    ],
)
def test_names_of_one_model(names: tuple[str, ...], same: bool) -> None:
    assert (len({family(one) for one in names}) == 1) is same


@pytest.mark.usefixtures("store")
def test_a_report_that_is_not_grouped_is_compared_by_day() -> None:
    used("openai/gpt-5-mini", 1_000, 1, 1)
    used("openai/gpt-4o", 500, 1, 1)
    export = Export("openai", "costs", True, frozenset({ONE}), (Row(ONE, None, Decimal("0.002")),))
    (line,) = reconcile.reconcile(export, "openai").lines
    assert (line.model, line.ours.micros, line.theirs.micros) == ("all models", 1_500, 2_000)


@pytest.mark.usefixtures("store")
def test_another_connection_can_be_named() -> None:
    used("gateway/gpt-5-mini", 13_000, 1, 1)
    assert lines(told("openai-costs.json", "gateway"))[0][2:] == (13_000, 13_000, 0)


@pytest.mark.usefixtures("store")
def test_their_days_are_those_of_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Auckland it is tomorrow already."""
    for module in (days, reconcile):
        monkeypatch.setattr(module, "time_zone", lambda: ZoneInfo("Pacific/Auckland"))
    used("openai/gpt-5-mini", 13_000, 1, 1)
    used("openai/gpt-5-mini", 1, 1, 1, NOON - timedelta(hours=12, seconds=1))
    used("openai/gpt-5-mini", 20, 1, 1, NOON + timedelta(hours=35))
    assert lines(told("openai-costs.json"))[0] == (ONE, "gpt-5-mini", 13_000, 13_000, 0)
    assert lines(told("openai-costs.json"))[-1] == (TWO, "gpt-5-mini", 20, 0, 20)


@pytest.mark.usefixtures("store")
def test_nothing_is_written_and_twice_is_the_same() -> None:
    used("openai/gpt-5-mini", 13_000, 1, 1)
    with platform.database().counting() as counts:
        assert told("openai-costs.json") == told("openai-costs.json")
    assert not counts.writes
    assert counts.reads == {"usageDays": 2}


@pytest.mark.usefixtures("store")
def test_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    first = (datetime.fromisoformat(ONE) - timedelta(days=93)).date().isoformat()
    export = Export("openai", "costs", True, frozenset({first, ONE}), ())
    with pytest.raises(InvalidArgument, match="93 days"):
        reconcile.reconcile(export, "openai")
    monkeypatch.setattr(reconcile, "MOST", 0)
    used("openai/gpt-5-mini", 1, 1, 1)
    with pytest.raises(FailedPrecondition, match="too many"):
        told("openai-costs.json")


def test_a_report_without_days() -> None:
    found = reconcile_export(ADMIN, ReconcileExport(text="start_time,amount_value\n"))
    assert (found.lines, found.difference.micros) == ([], 0)


def test_through_the_door(administrator: Person, person: Person) -> None:
    text = (EXPORTS / "anthropic-costs.csv").read_text(encoding="utf-8")
    answer = api("usage.reconcile", {"text": text}, administrator)
    assert answer.result["kind"] == "costs"
    wrong = api("usage.reconcile", {"text": "usage_date_utc,cost_usd\nx,1\n"}, administrator)
    assert (wrong.status, wrong.error["message"]) == (400, "Line 2: this is no date.")
    assert wrong.error["details"]["fields"][0]["field"] == "text"
    long = api("usage.reconcile", {"text": "x" * (2 * 1024 * 1024 + 1)}, administrator)
    assert (long.status, long.error["status"]) == (400, "INVALID_ARGUMENT")
    assert api("usage.reconcile", {"text": text}, person).error["status"] == "PERMISSION_DENIED"
