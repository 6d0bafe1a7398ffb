"""What processes tell each other of their connections; each registry here stands for a process."""

import threading
import uuid
from dataclasses import dataclass, field

import pytest

from colonycraft.calls import sharing as module
from colonycraft.calls.health import KNOWN, Registry
from colonycraft.calls.sharing import Sharing
from colonycraft.errors import Overloaded, ProviderAuthentication, RateLimited, Unavailable
from colonycraft.platform.firestore import Firestore

START = 1_800_000_000.0


@dataclass
class Process:
    """A process with its registry, all with the clock of the test."""

    now: list[float] = field(default_factory=lambda: [START])

    def __post_init__(self) -> None:
        self.registry = Registry(clock=lambda: self.now[0])
        self.sharing = Sharing(self.registry, every=0.0)

    def break_down(self, model: str) -> None:
        for _ in range(5):
            self.registry.failed(model, Overloaded("provider-busy"))
            self.now[0] += 3


@pytest.fixture
def connection() -> str:
    return f"c{uuid.uuid4().hex[:10]}"


@pytest.fixture
def pair() -> tuple[Process, Process]:
    clock = [START]
    return Process(clock), Process(clock)


def test_another_process_learns_of_trouble_limits_and_refused_keys(
    firestore: Firestore, connection: str, pair: tuple[Process, Process]
) -> None:
    one, other = pair
    one.break_down(f"{connection}/large")
    one.registry.failed(f"{connection}/small", RateLimited("provider-limit", retry_after=20))
    one.registry.failed(f"{connection}b/x", ProviderAuthentication("provider-key-refused"))
    one.sharing.exchange([])
    other.sharing.exchange([connection, f"{connection}b"])
    assert other.registry.of_model(f"{connection}/large").state == "trouble"
    assert other.registry.of_model(f"{connection}/small").state == "limited"
    assert other.registry.of_connection(f"{connection}b").state == "trouble"
    with pytest.raises(Overloaded):
        other.registry.admit(f"{connection}/large", "Large")


def test_another_process_learns_that_it_is_over(
    firestore: Firestore, connection: str, pair: tuple[Process, Process]
) -> None:
    one, other = pair
    one.break_down(f"{connection}/large")
    one.sharing.exchange([])
    other.sharing.exchange([connection])
    one.now[0] += 20
    other.registry.admit(f"{connection}/large", "Large")
    other.registry.succeeded(f"{connection}/large")
    other.sharing.exchange([])
    one.sharing.exchange([connection])
    assert one.registry.of_model(f"{connection}/large").state == "ok"
    one.registry.admit(f"{connection}/large", "Large")


def test_two_processes_lose_nothing_of_each_other(
    firestore: Firestore, connection: str, pair: tuple[Process, Process]
) -> None:
    one, other = pair
    one.break_down(f"{connection}/large")
    other.break_down(f"{connection}/small")
    one.sharing.exchange([])
    other.sharing.exchange([])
    one.sharing.exchange([connection])
    for process in pair:
        for model in ("large", "small"):
            assert process.registry.of_model(f"{connection}/{model}").state == "trouble"


def test_a_write_that_another_was_quicker_than_is_made_the_next_time(
    firestore: Firestore,
    connection: str,
    pair: tuple[Process, Process],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = pair
    one.break_down(f"{connection}/large")
    other.break_down(f"{connection}/small")
    read = module.read_health

    def read_and_be_overtaken(ids: list[str]) -> object:
        found = read(ids)
        monkeypatch.setattr(module, "read_health", read)
        other.sharing.exchange([])
        return found

    monkeypatch.setattr(module, "read_health", read_and_be_overtaken)
    one.sharing.exchange([])
    assert one.registry.has_changed
    one.sharing.exchange([])
    assert not one.registry.has_changed
    data = firestore.get(f"health/{connection}").data
    assert data is not None
    assert set(data["entries"]) == {f"{connection}/large", f"{connection}/small"}


def test_what_it_reads_and_writes(
    firestore: Firestore, connection: str, pair: tuple[Process, Process]
) -> None:
    one, _ = pair
    with firestore.counting() as counts:
        one.sharing.exchange([connection])
        one.registry.succeeded(f"{connection}/large")
        one.registry.failed(f"{connection}/large", Overloaded("provider-busy"))
        one.sharing.exchange([connection])
        one.sharing.exchange([])
    assert counts.reads == {"health": 2}
    assert counts.writes == {"health": 1}
    assert counts.round_trips == 3


def test_a_database_that_is_away_is_no_calls_problem(
    connection: str, pair: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(ids: list[str]) -> object:
        raise Unavailable("database-away")

    monkeypatch.setattr(module, "read_health", away)
    one, _ = pair
    one.break_down(f"{connection}/large")
    one.sharing.exchange([connection])
    assert one.registry.take_changed() == {connection}


def test_what_a_later_version_wrote_is_not_taken(
    firestore: Firestore, connection: str, pair: tuple[Process, Process]
) -> None:
    unit = firestore.unit_of_work()
    unit.create(f"health/{connection}", {"entries": {connection: {"new": 1}}, "schemaVersion": 2})
    unit.commit()
    one, _ = pair
    one.sharing.exchange([connection])
    assert one.registry.of_connection(connection).state == "ok"


def test_calls_wait_for_nothing_and_many_make_one_exchange(
    connection: str, pair: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = threading.Event(), threading.Event()
    asked: list[set[str]] = []

    def slow(ids: list[str]) -> list[object]:
        asked.append(set(ids))
        began.set()
        assert go_on.wait(10)
        return []

    monkeypatch.setattr(module, "read_health", slow)
    one, _ = pair
    one.sharing.want([connection])
    assert began.wait(10)
    for number in range(50):
        one.sharing.want([f"{connection}{number % 2}"])
    assert asked == [{connection}]
    began.clear()
    go_on.set()
    assert began.wait(10)
    assert asked[1] == {f"{connection}0", f"{connection}1"}


def test_a_fresh_reading_is_not_repeated(
    connection: str, monkeypatch: pytest.MonkeyPatch, firestore: Firestore
) -> None:
    sharing = Sharing(Registry(), every=60.0)
    with firestore.counting() as counts:
        sharing.refresh([connection])
        sharing.refresh([connection])
    assert counts.reads == {"health": 1}


def test_a_registry_remembers_a_bounded_number() -> None:
    registry = Registry(clock=lambda: START)
    for number in range(KNOWN + 10):
        registry.failed(f"c/{number}", Overloaded("provider-busy"))
    assert len(registry.known("c")) == KNOWN
    assert "c/0" not in registry.known("c")
