"""What an administrator sees of everybody's use is the ledger's sum, whatever was settled and rolled
up in which order, and costs as many reads as it must."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonycraft.errors import Contended, FailedPrecondition, InvalidArgument, Unavailable
from colonycraft.platform import firestore as platform
from colonycraft.platform.identity import Account
from colonycraft.platform.operations import Caller
from colonycraft.usage import days, ledger, operations, rebuild, rollups, summaries
from colonycraft.usage.days import SUMMED, numbers_of, slot_of
from colonycraft.usage.ledger import Amounts, Draft, Settlement
from colonycraft.usage.models import RebuildDay, SummarizeUsage, UsageSummary
from colonycraft.usage.operations import rebuild_day, summarize_usage
from colonycraft.usage.teller import Teller
from support.memory_firestore import MemoryFirestore, use

ADMIN = Caller("admin", "personal-admin", role="admin")
NOON = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
DAY = "2026-11-26"
DAYS = ("2026-11-24", "2026-11-25", "2026-11-26")
KEY, OTHER_KEY = "0a" * 10, "1b" * 10


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for room in (days, rebuild, rollups, summaries):
        monkeypatch.setattr(room, "now", clock)
    return clock


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Auth, which test_served asks for real."""

    def accounts(uids: list[str]) -> dict[str, Account]:
        assert len(uids) <= 100
        return {uid: Account(uid.title(), f"{uid}@example.com") for uid in uids if uid != "gone"}

    monkeypatch.setattr(operations, "accounts", accounts)


@pytest.fixture(autouse=True)
def store() -> Iterator[MemoryFirestore]:
    before = platform.database() if platform.database.cache_info().currsize else None
    memory = MemoryFirestore()
    use(memory)
    yield memory
    use(before)


def settled(
    uid: str = "ada",
    micros: int = 100,
    *,
    model: str = "openai/a",
    feature: Any = "turn",
    at: datetime = NOON,
    saved: int | None = None,
    estimated: bool = False,
    key: str | None = None,
) -> None:
    caller = Caller(uid, f"personal-{uid}", key=key)
    draft = Draft(caller, feature, model, 10, 10, 10, 10, None, "unknown", flat=9_000)
    used = Amounts(micros=micros, input_tokens=7, output_tokens=3, requests=1)
    Teller().settle(ledger.entry_of(draft, 10, at), Settlement(used, estimated, saved=saved))


def asked(by: Any = "day", first: str = DAYS[0], last: str = DAYS[-1], **more: Any) -> UsageSummary:
    return summarize_usage(ADMIN, SummarizeUsage(first_day=first, last_day=last, by=by, **more))


def micros(summary: UsageSummary) -> dict[str, int]:
    return {one.key: one.micros for one in summary.groups}


def sweep(clock: Clock) -> None:
    clock.at += timedelta(minutes=20)
    rebuild.sweep()


def test_by_every_dimension_and_narrowed_by_the_others(clock: Clock) -> None:
    settled("ada", 100)
    settled("ada", 20, feature="title", at=NOON - timedelta(days=1))
    sweep(clock)
    settled("bob", 3, model="mistral/b", at=NOON - timedelta(days=2))
    settled("bob", 500, estimated=True)
    assert micros(asked("day")) == {DAYS[2]: 600, DAYS[1]: 20, DAYS[0]: 3}
    assert micros(asked("person")) == {"bob": 503, "ada": 120}
    assert micros(asked("model")) == {"openai/a": 620, "mistral/b": 3}
    assert micros(asked("provider")) == {"openai": 620, "mistral": 3}
    assert micros(asked("feature")) == {"turn": 603, "title": 20}
    assert micros(asked("person", provider="openai")) == {"bob": 500, "ada": 120}
    assert micros(asked("person", feature="title")) == {"ada": 20}
    assert micros(asked("feature", model="mistral/b")) == {"turn": 3}
    assert micros(asked("model", person="bob")) == {"openai/a": 500, "mistral/b": 3}
    assert micros(asked("day", person="bob", provider="openai")) == {DAYS[2]: 500}
    assert micros(asked("day", first=DAYS[1], last=DAYS[1])) == {DAYS[1]: 20}
    narrowed = asked("person", provider="mistral")
    assert (narrowed.total.micros, narrowed.total.calls, narrowed.looked_up) == (3, 1, 1)
    assert (narrowed.models, narrowed.features) == (["mistral/b", "openai/a"], ["title", "turn"])
    assert asked("day").total.estimated_micros == 500
    assert asked("feature").looked_up == 3


def test_by_key_and_narrowed_to_one_or_to_none(clock: Clock) -> None:
    settled("ada", 100)
    settled("ada", 7, key=KEY, feature="proxy")
    settled("ada", 20, key=KEY, at=NOON - timedelta(days=1))
    sweep(clock)
    settled("bob", 3, key=OTHER_KEY, model="mistral/b", feature="proxy")
    settled("ada", 1, key=KEY, feature="proxy")
    for _ in range(2):  # as it is settled, and rolled up
        assert micros(asked("key")) == {KEY: 28, OTHER_KEY: 3, "none": 100}
        assert micros(asked("key", person="ada")) == {KEY: 28, "none": 100}
        assert micros(asked("key", feature="proxy")) == {KEY: 8, OTHER_KEY: 3}
        assert micros(asked("key", key=KEY)) == {KEY: 28}
        assert micros(asked("day", key=KEY)) == {DAYS[2]: 8, DAYS[1]: 20}
        assert micros(asked("day", key="none")) == {DAYS[2]: 100}
        assert micros(asked("person", key=OTHER_KEY)) == {"bob": 3}
        assert micros(asked("model", person="ada", key=KEY)) == {"openai/a": 28}
        assert micros(asked("day", key="f" * 20)) == {}
        narrowed = asked("feature", key=KEY)
        assert (narrowed.total.micros, narrowed.looked_up) == (28, 3)
        assert narrowed.models == ["mistral/b", "openai/a"]
        sweep(clock)


def test_what_keys_used_is_read_where_it_lies_apart(clock: Clock, store: MemoryFirestore) -> None:
    settled("ada", 100)
    settled("ada", 7, key=KEY)
    sweep(clock)
    clock.at += timedelta(minutes=30)
    rebuild.sweep()
    of_a_day = {"sweeps": 1, "usageDays": 1, "usageTotals": 1}
    for by, key, read in (("key", None, "keys"), ("day", KEY, "keys"), ("day", "none", "rows")):
        with store.counting() as counts:
            asked(by, first=DAYS[2], key=key)
        assert counts.reads == {**of_a_day, read: 1}


@pytest.mark.parametrize("key", ["", "NONE", KEY.upper(), KEY[:19], f"{KEY}0", "../none"])
def test_what_is_no_key_is_not_summed(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        asked("key", key=key)


def test_people_have_names_and_who_has_gone_has_none() -> None:
    settled("ada")
    settled("gone")
    named = {one.id: (one.name, one.email) for one in asked("person").people}
    assert named == {"ada": ("Ada", "ada@example.com"), "gone": (None, None)}
    assert [one.name for one in asked("day", person="ada").people] == ["Ada"]
    assert asked("day").people == []


def test_what_the_cache_saved() -> None:
    settled(micros=0, saved=80)
    settled()
    summary = asked("day")
    assert (summary.total.cache_hits, summary.total.saved_micros) == (1, 80)
    assert summary.looked_up == 2


def test_what_has_just_ended_is_in_it_and_twice_is_the_same(clock: Clock) -> None:
    sweep(clock)
    settled()
    first = asked("person")
    assert (micros(first), first.as_of) == ({"ada": 100}, clock.at.isoformat())
    settled(micros=11)
    assert micros(asked("person")) == {"ada": 111}
    for _ in range(2):
        sweep(clock)
        assert micros(asked("person")) == {"ada": 111}
        assert asked("day") == asked("day")


def test_nothing_is_nothing() -> None:
    summary = asked("person", person="nobody")
    assert (summary.groups, summary.other_groups, summary.total.micros) == ([], 0, 0)


USES = st.tuples(
    st.sampled_from(["ada", "bob", "eve"]),
    st.integers(0, 10_000_000),
    st.sampled_from(["openai/a", "openai/b", "mistral/a"]),
    st.sampled_from(["turn", "title", "proxy"]),
    st.sampled_from(range(4)),
    st.sampled_from([None, KEY]),
)


@settings(max_examples=40, database=None)
@given(st.lists(st.one_of(USES, st.just("sweep"), st.just("day anew")), max_size=25))
def test_sums_are_those_of_the_ledger_after_any_order(steps: list[Any]) -> None:
    store, clock = MemoryFirestore(), Clock()
    use(store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rollups, "PAGE", 2)
        patch.setattr(rollups, "ROWS", 2)
        for room in (days, rebuild, rollups, summaries):
            patch.setattr(room, "now", clock)
        for step in steps:
            if step == "sweep":
                sweep(clock)
            elif step == "day anew":
                rollups.roll_up_day(DAYS[1])
            else:
                uid, amount, model, feature, back, key = step
                at = clock.at - timedelta(days=back)
                settled(uid, amount, model=model, feature=feature, at=at, key=key)
        entries = [one.data or {} for one in store.query(platform.Query("ledger"))]
        first, last = "2026-11-20", "2026-11-28"
        dimensions: dict[Any, Callable[[dict[str, Any]], str]] = {
            "day": lambda entry: entry["createdAt"].date().isoformat(),
            "person": lambda entry: entry["ownerId"],
            "model": lambda entry: entry["model"],
            "provider": lambda entry: entry["model"].split("/")[0],
            "feature": lambda entry: entry["feature"],
            "key": lambda entry: entry["keyId"] or "none",
        }
        for narrowed in (
            {},
            {"person": "ada"},
            {"provider": "openai", "feature": "turn"},
            {"key": KEY},
            {"key": "none", "person": "bob"},
        ):
            those = [
                entry
                for entry in entries
                if all(dimensions[name](entry) == value for name, value in narrowed.items())
            ]
            for by, of in dimensions.items():
                wanted: dict[str, dict[str, int]] = {}
                for entry in those:
                    sums = wanted.setdefault(of(entry), dict.fromkeys(SUMMED, 0))
                    for name, amount in numbers_of(entry).items():
                        sums[name] += amount
                summary = asked(by, first, last, **narrowed)
                found = {
                    one.key: one.model_dump(by_alias=True, exclude={"key"})
                    for one in summary.groups
                }
                assert found == wanted
                assert summary.total.micros == sum(one["micros"] for one in wanted.values())


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-02", "2026-11-01"), ("2026-01-01", "2026-04-04"), ("2026-01-01", "2036-01-01")],
)
def test_a_period_that_is_none_or_too_long_reads_nothing(
    store: MemoryFirestore, first: str, last: str
) -> None:
    with store.counting() as counts, pytest.raises(InvalidArgument, match="1 to 93 days"):
        asked("day", first, last)
    assert not counts.reads
    assert len(asked("day", "2026-01-01", "2026-04-03").groups) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "organisation"},
        {"by": None},
        {"first_day": "2026-02-30"},
        {"last_day": 20261126},
        {"person": ""},
        {"person": "x" * 129},
        {"person": ["ada"]},
        {"model": "x" * 201},
        {"provider": {}},
        {"everything": True},
    ],
)
def test_what_is_no_request(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        SummarizeUsage.model_validate({"first_day": DAY, "last_day": DAY, "by": "day"} | wrong)


def many(store: MemoryFirestore, people: int, day: str, slot: str) -> None:
    """Use of so many people, six documents each, as a day has them."""
    for number in range(people):
        unit = store.unit_of_work()
        for model in ("openai/a", "openai/b", "mistral/c"):
            for feature in ("turn", "title"):
                of = days.Day(day, "org", f"person-{number:05}", model, feature)
                unit.create(of.path, {**of.fields(), **dict.fromkeys(SUMMED, number), "slot": slot})
        unit.commit()


def test_what_a_month_of_many_costs(store: MemoryFirestore, clock: Clock) -> None:
    """Reads do not grow with people, but for names and parts: by day one a day."""
    sweep(clock)
    for day in DAYS[1:]:
        many(store, 120, day, slot_of(clock.at))
    sweep(clock)
    clock.at += timedelta(minutes=10)
    with store.counting() as counts:
        sweep(clock)
    assert counts.reads == {"sweeps": 1, "usageDays": 1}
    settled("person-00001")
    month = {"first": "2026-10-28", "last": DAY}
    with store.counting() as counts:
        asked("model", **month)
    assert counts.reads == {"sweeps": 1, "usageDays": 1, "usageTotals": 30, "rows": 1}
    with store.counting() as counts:
        summary = asked("person", **month)
    assert counts.reads == {"sweeps": 1, "usageDays": 1, "usageTotals": 30, "people": 1, "rows": 1}
    assert (len(summary.groups), summary.other_groups, len(summary.people)) == (100, 20, 100)
    rest = sum(12 * number for number in range(20)) + 100
    assert (summary.others.micros, summary.groups[0].key) == (rest, "person-00119")
    assert summary.total.micros == sum(12 * number for number in range(120)) + 100
    with store.counting() as counts:
        asked("day", person="person-00007", **month)
    assert counts.reads == {"usageDays": 12}


def test_a_sweep_reads_what_has_changed_and_writes_a_day_once(
    store: MemoryFirestore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollups, "ROWS", 100)
    sweep(clock)
    many(store, 50, DAY, slot_of(clock.at))
    clock.at += timedelta(minutes=10)
    with store.counting() as counts:
        rebuild.sweep()
    assert counts.reads == {"sweeps": 1, "usageDays": 300, "usageTotals": 1}
    assert counts.writes == {"usageTotals": 1, "people": 1, "rows": 3, "sweeps": 1}


def test_more_than_can_be_live_is_of_the_last_roll_up(
    store: MemoryFirestore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "LIVE", 2)
    settled("ada")
    settled("bob")
    settled("eve")
    with pytest.raises(Unavailable, match="being made"):
        asked("person")
    sweep(clock)
    until = clock.at
    for uid in ("ada", "bob", "eve"):
        settled(uid, 1)
    summary = asked("person")
    assert micros(summary) == {"ada": 100, "bob": 100, "eve": 100}
    assert summary.as_of == slot_of(until - rebuild.ON_ITS_WAY)
    sweep(clock)
    assert micros(asked("person")) == {"ada": 101, "bob": 101, "eve": 101}


def test_too_much_of_one_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "MOST_OF_A_PERSON", 1)
    settled()
    assert asked(person="ada").total.calls == 1
    settled(model="openai/b")
    with pytest.raises(FailedPrecondition, match="fewer days"):
        asked(person="ada")


def test_too_many_sums_of_a_day_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollups, "MOST", 1)
    settled()
    rollups.roll_up_day(DAY)
    settled("bob")
    with pytest.raises(FailedPrecondition, match="more than 1 sums"):
        rollups.roll_up_day(DAY)


def test_two_who_roll_up_at_once_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    settled("ada")
    original, meanwhile = rollups._write, iter(["bob"])  # pyright: ignore[reportPrivateUsage]

    def write(*arguments: Any) -> None:
        """Another one reads later and writes sooner."""
        for uid in meanwhile:
            settled(uid)
            rollups.roll_up_day(DAY)
        original(*arguments)

    monkeypatch.setattr(rollups, "_write", write)
    rollups.roll_up("")
    (found,) = rollups.rolled_up([DAY])
    assert sorted(uid for uid, _ in found.people()) == ["ada", "bob"]
    meanwhile = iter(random.sample(range(1000), 500))

    def never(*_: Any) -> None:
        raise platform.GuardLost

    monkeypatch.setattr(rollups, "_write", never)
    monkeypatch.setattr(rollups, "backoff", lambda attempt: None)
    with pytest.raises(Contended):
        rollups.roll_up("")


def test_a_repaired_day_is_rolled_up_anew(store: MemoryFirestore, clock: Clock) -> None:
    settled()
    sweep(clock)
    (stored,) = store.query(platform.Query("usageDays"))
    unit = store.unit_of_work()
    unit.update(stored.path, {("micros",): 40})
    unit.commit()
    assert rebuild_day(ADMIN, RebuildDay(day=DAY, repair=True)).repaired == 1
    (found,) = rollups.rolled_up([DAY])
    assert found.totals["openai/a", "turn"][SUMMED.index("micros")] == 100
    assert micros(asked("person")) == {"ada": 100}
