"""A model of admission to one shared budget: `python -m bench.admission_model`. Nothing is run.

Calls arrive at random at `processes`; each is to be counted on one document before it goes on, and
again when it is settled. A commit takes a while and is guarded: of those under way at once the
first to arrive wins, the others read again and try again after a random pause, as
`platform/firestore.py` does. Compared:

    alone      each count is a commit of its own; one of a process at a time
    grouped    what waits in a process joins its next commit (`usage/teller.py`)
    tills      the same, on a document that this process alone writes; the shared one is written
               when a till is taken and closed, every `TILL` seconds (`usage/counts.py`)
"""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

Scheme = Literal["alone", "grouped", "tills"]

COMMIT, READ = 0.020, 0.010
"""Seconds that a commit and a read take, on the way to Firestore and back, by the median."""
TILL = 20.0
PATIENCE = 10.0
SECONDS = 60.0


@dataclass
class Found:
    """`waits`: seconds that each call waited; `refused`: calls that lost patience."""

    waits: list[float] = field(default_factory=list[float])
    refused: int = 0
    commits: int = 0
    on_tills: int = 0
    lost: int = 0


@dataclass
class _Process:
    waiting: list[tuple[float, bool]] = field(default_factory=list[tuple[float, bool]])
    """When each came, and whether it is waited for: a settlement is not."""
    busy: bool = False
    until: float = 0.0
    """When its till is closed and another taken."""


def simulate(scheme: Scheme, processes: int, rate: float, seed: int = 1) -> Found:
    """`rate`: calls a second over all processes."""
    chance = random.Random(seed)
    events: list[tuple[float, int, Callable[[float], None]]] = []
    order = itertools.count()
    found = Found()
    houses = [_Process() for _ in range(processes)]
    version = 0

    def at(when: float, what: Callable[[float], None]) -> None:
        heapq.heappush(events, (when, next(order), what))

    def arrive(house: _Process, *, waited_for: bool) -> Callable[[float], None]:
        def come(now: float) -> None:
            house.waiting.append((now, waited_for))
            if not house.busy:
                begin(house, now)
            if waited_for:
                at(now + chance.expovariate(1 / 5.0), arrive(house, waited_for=False))

        return come

    def begin(house: _Process, now: float, attempt: int = 0, group: int = 0) -> None:
        house.busy = True
        size = group or (1 if scheme == "alone" else len(house.waiting))
        seen = version
        on_till = scheme == "tills" and now < house.until
        arrives = now + chance.lognormvariate(0, 0.3) * COMMIT / 2

        def reach(then: float) -> None:
            nonlocal version
            if version != seen and not on_till:
                found.lost += 1
                oldest = house.waiting[0][0] if house.waiting else then
                if then - oldest > PATIENCE:
                    end(house, then, size, refused=True)
                    return
                pause = chance.uniform(0, 0.01 * 2 ** min(attempt, 5))
                at(
                    then + COMMIT / 2 + pause + READ,
                    lambda later: begin(house, later, attempt + 1, size),
                )
                return
            if on_till:
                found.on_tills += 1
            else:
                version += 1
                found.commits += 1
                house.until = then + TILL
            at(then + COMMIT / 2, lambda later: end(house, later, size, refused=False))

        at(arrives, reach)

    def end(house: _Process, now: float, size: int, *, refused: bool) -> None:
        done, house.waiting = house.waiting[:size], house.waiting[size:]
        if refused:
            found.refused += sum(waited for _, waited in done)
        else:
            found.waits += [now - came for came, waited in done if waited]
        house.busy = False
        if house.waiting:
            begin(house, now)

    for house in houses:
        now = chance.expovariate(rate / processes)
        while now < SECONDS:
            at(now, arrive(house, waited_for=True))
            now += chance.expovariate(rate / processes)
    while events and events[0][0] < SECONDS + PATIENCE:
        when, _, what = heapq.heappop(events)
        what(when)
    return found


def main() -> None:
    heads = f"{'added p50':>11}{'p99':>9}{'refused':>9}{'writes/s':>10}{'a till':>8}"
    print(f"{'':20}{'calls/s':>9}{heads}")
    for processes, rate in ((1, 20), (4, 20), (4, 60), (25, 20), (25, 200)):
        for scheme in ("alone", "grouped", "tills"):
            found = simulate(scheme, processes, rate)
            waits = sorted(found.waits) or [0.0]
            p50, p99 = 1000 * median(waits), 1000 * waits[int(0.99 * (len(waits) - 1))]
            print(
                f"{scheme:10}{processes:>7} pr.{rate:>9}{p50:>8.0f} ms{p99:>6.0f} ms"
                f"{found.refused:>9}{found.commits / SECONDS:>10.1f}"
                f"{found.on_tills / SECONDS / processes:>8.1f}"
            )


if __name__ == "__main__":
    main()
