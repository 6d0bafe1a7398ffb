"""What is scheduled runs again and again, never twice at a time, and its failure is no end."""

import threading

import pytest

from stack.ticker import Ticker


def test_nothing_before_its_time() -> None:
    done: list[int] = []
    ticker = Ticker(60, lambda: done.append(1))
    ticker.tick()
    ticker.finish(1)
    assert done == []


def test_never_twice_at_a_time() -> None:
    begun, release = threading.Semaphore(0), threading.Event()
    count = 0

    def work() -> None:
        nonlocal count
        count += 1
        begun.release()
        release.wait(5)

    ticker = Ticker(0, work)
    ticker.tick()
    assert begun.acquire(timeout=5)
    ticker.tick()
    ticker.tick()
    release.set()
    ticker.finish(5)
    assert count == 1
    ticker.tick()
    ticker.finish(5)
    assert count == 2


def test_a_refused_connection_is_told_and_the_next_round_comes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def work() -> None:
        raise ConnectionRefusedError("the functions are away")

    ticker = Ticker(0, work)
    for _ in range(2):
        ticker.tick()
        ticker.finish(5)
    assert capsys.readouterr().out.count("the functions are away") == 2
