"""One document, watched."""

import queue
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from colonycraft.platform.firestore import Firestore
from colonycraft.platform.listener import Listener


@pytest.fixture
def path() -> str:
    return f"signals/{uuid.uuid4().hex}"


@pytest.fixture
def heard(firestore: Firestore, path: str) -> Iterator[tuple[Listener, "queue.Queue[Any]"]]:
    seen: queue.Queue[Any] = queue.Queue()
    listener = firestore.listen(path, lambda snapshot: seen.put(snapshot.data))
    yield listener, seen
    listener.close()


def write(firestore: Firestore, path: str, number: int) -> None:
    unit = firestore.unit_of_work()
    unit.merge(path, {("stop", f"run-{number}"): number})
    unit.commit()


def test_what_is_there_is_told_first_then_each_change(
    firestore: Firestore, path: str, heard: tuple[Listener, "queue.Queue[Any]"]
) -> None:
    _, seen = heard
    assert seen.get(timeout=5) is None
    write(firestore, path, 1)
    assert seen.get(timeout=5) == {"stop": {"run-1": 1}}
    for number in range(2, 50):
        write(firestore, path, number)
    last: Any = None
    while last is None or len(last["stop"]) < 49:
        last = seen.get(timeout=5)
    unit = firestore.unit_of_work()
    unit.delete(path)
    unit.commit()
    assert seen.get(timeout=5) is None


def test_what_was_written_before_is_heard(firestore: Firestore, path: str) -> None:
    write(firestore, path, 1)
    seen: queue.Queue[Any] = queue.Queue()
    listener = firestore.listen(path, lambda snapshot: seen.put(snapshot.data))
    assert seen.get(timeout=5) == {"stop": {"run-1": 1}}
    listener.close()


def test_after_an_error_it_listens_again(
    firestore: Firestore, path: str, heard: tuple[Listener, "queue.Queue[Any]"]
) -> None:
    listener, seen = heard
    assert seen.get(timeout=5) is None
    listener._call.cancel()  # pyright: ignore[reportPrivateUsage]
    write(firestore, path, 1)
    while seen.get(timeout=5) != {"stop": {"run-1": 1}}:
        pass


def test_who_closed_hears_nothing_more(
    firestore: Firestore, path: str, heard: tuple[Listener, "queue.Queue[Any]"]
) -> None:
    listener, seen = heard
    assert seen.get(timeout=5) is None
    listener.close()
    listener._thread.join(5)  # pyright: ignore[reportPrivateUsage]
    assert not listener._thread.is_alive()  # pyright: ignore[reportPrivateUsage]
    write(firestore, path, 1)
    assert seen.empty()


def test_a_mistake_of_the_hearer_ends_nothing(firestore: Firestore, path: str) -> None:
    seen: queue.Queue[Any] = queue.Queue()

    def fail_once(snapshot: Any) -> None:
        seen.put(snapshot.data)
        if snapshot.data is None:
            raise RuntimeError("a mistake")

    listener = firestore.listen(path, fail_once)
    assert seen.get(timeout=5) is None
    write(firestore, path, 1)
    while seen.get(timeout=5) is None:
        pass
    listener.close()
