"""The parts of the bench: each measures one thing and gives its figures."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from bench import client, load, memory, servers, turns
from bench.figures import Figure, Goal
from bench.installation import Installed
from bench.people import People, Person
from bench.servers import OURS, Server
from stack import console, processes
from stack.ports import Ports

type Starting = AbstractContextManager[Server]

CLIENTS = (1, 16)
MANY = max(CLIENTS)
CONCURRENCY = 80
"""Requests that a deployed instance answers at once."""
_STRANGERS = 100
_TURNS = 12


@dataclass(frozen=True)
class Bench:
    """What all parts share. Each round of completions takes `seconds`."""

    installed: Installed
    ports: Ports
    folder: Path
    people: People
    persons: list[Person]
    rounds: int
    seconds: float

    def mock(self) -> Starting:
        """The upstream of all, to be started."""
        return servers.mock(self.installed, self.ports.base, self.folder)

    @cached_property
    def environment(self) -> dict[str, str]:
        """The settings of this project's functions."""
        return servers.environment_of_functions(self.ports.base, self.folder, self.people)

    def functions(
        self, threads: int = CONCURRENCY, *, beside: bool = False, **settings: str
    ) -> Starting:
        """This project's functions, to be started; `beside` another process of them."""
        port = self.ports.base + (4 if beside else 1)
        environment = {**self.environment, **settings}
        return servers.functions(port, environment, self.folder, self.persons, threads)

    def litellm(self, budget: float | None = None) -> Starting:
        """LiteLLM, to be started; under a budget in dollars another process of it."""
        base = self.ports.base
        port = base + (2 if budget is None else 5)
        return servers.litellm(self.installed, port, base, self.folder, budget)

    def portkey(self) -> Starting:
        """Portkey, to be started."""
        base = self.ports.base
        return servers.portkey(self.installed, base + 3, base, self.folder)


def imports() -> list[Figure]:
    """What a cold start waits for."""
    with console.step("Import of functions/main.py"):
        found = memory.import_of_main(7)
    return [
        Figure("import of functions/main.py, s", found.seconds, None, Goal("ours", "most", 0.9)),
        Figure("  the same, processor time", found.processor_seconds),
        Figure("  vendor SDKs imported with it", len(found.sdks), None, Goal("ours", "most", 0)),
    ]


def resident(bench: Bench) -> list[Figure]:
    """Fresh processes: one call to each provider from each of sixteen clients, all at once."""
    with console.step("Resident memory"), bench.mock():
        with bench.functions() as ours:
            our_size = _size_after_calls(ours)
        with bench.litellm() as litellm:
            rival_size = _size_after_calls(litellm)
    return [
        Figure("resident memory, MB", our_size, None, Goal("ours", "most", 220)),
        Figure("  against LiteLLM", our_size, rival_size, Goal("ratio", "most", 0.7)),
    ]


def _size_after_calls(server: Server) -> float:
    for posts in server.posts.values():
        client.ask_each(
            server.port,
            [posts[number % len(posts)] for number in range(MANY)],
            clients=MANY,
            marker=servers.MARKER,
        )
    return memory.resident(server.child.process.pid)


def warm_up(bench: Bench, everyone: Sequence[Server]) -> None:
    """Nobody is measured at their first requests."""
    with console.step("Warming up"):
        for server in everyone:
            for clients in CLIENTS:
                load.streamed(server, clients, 0.5)
                load.whole(server, clients, 1, bench.installed.wrk, bench.folder)


def verification(bench: Bench, ours: Server) -> list[Figure]:
    """A person's first request: their token is verified; later it is remembered."""
    strangers = [bench.people.sign_in(f"stranger-{number}") for number in range(_STRANGERS)]
    asked = [servers.ask_openai(ours.port, one) for one in strangers]
    with console.step("Verification of tokens"):
        first, later = (
            median(
                sample.total
                for sample in client.ask_each(
                    ours.port, asked, clients=1, marker=servers.MARKER
                ).samples
            )
            for _ in range(2)
        )
    return [Figure("a token's first verification, ms", 1000 * (first - later))]


def completions(bench: Bench, everyone: Sequence[Server]) -> list[Figure]:
    """Completions that are not streamed."""

    def measure(server: Server, clients: int) -> load.Round:
        return load.whole(server, clients, bench.seconds, bench.installed.wrk, bench.folder)

    with console.step("Completions"):
        found = _Rounds(bench.rounds, everyone, measure)
    figures: list[Figure] = []
    for clients in CLIENTS:
        for rival in found.rivals:
            faster, more = (
                (Goal("ratio", "most", 0.4), Goal("ratio", "least", 3))
                if rival == "LiteLLM"
                else (None, None)
            )
            p50 = found.pair(rival, clients, lambda one: one.p50)
            rate = found.pair(rival, clients, lambda one: one.rate)
            at = f"{_clients(clients)}, against {rival}"
            figures += [
                Figure(f"completion p50, ms, {at}", *p50, goal=faster),
                Figure(f"completions a second, {at}", *rate, goal=more),
            ]
    return figures


def streams(bench: Bench, everyone: Sequence[Server]) -> list[Figure]:
    """Completions that are streamed."""
    with console.step("Streamed completions"):
        found = _Rounds(
            bench.rounds,
            everyone,
            lambda server, clients: load.streamed(server, clients, bench.seconds),
        )
    figures: list[Figure] = []
    for clients in CLIENTS:
        for rival in found.rivals:
            first = found.pair(rival, clients, lambda one: one.first)
            total = found.pair(rival, clients, lambda one: one.p50)
            at = f"{_clients(clients)}, against {rival}"
            figures += [
                Figure(f"streamed: first token, ms, {at}", *first),
                Figure(f"streamed: total, ms, {at}", *total),
            ]
    return figures


def stored_turns(bench: Bench, ours: Server, mock: Server) -> list[Figure]:
    """What `chat` adds to the mock's own first token, and how many turns it can take."""
    with console.step("Stored turns"):
        rate = Goal("ours", "least", 60)
        return [
            *_turn_figures(bench, ours, mock, turns.in_new_chats, 0, 10, rate),
            *_turn_figures(bench, ours, mock, turns.with_context, turns.CONTEXT, 15, None),
        ]


def _turn_figures(
    bench: Bench,
    ours: Server,
    mock: Server,
    measure: Callable[[int, Sequence[Person], int, int], turns.Turns],
    context: int,
    limit: float,
    rate: Goal | None,
) -> list[Figure]:
    measure(ours.port, bench.persons, 1, 3)
    taken: list[turns.Turns] = []
    own: list[float] = []
    for _ in range(bench.rounds):
        own.append(turns.mock_alone(mock.port, context))
        taken.append(measure(ours.port, bench.persons, 1, _TURNS))
        processes.pause(0)
    many = measure(ours.port, bench.persons, MANY, MANY * 6)
    name = f"turn with {context} messages of context" if context else "turn in a new chat"
    first, alone = median(one.first for one in taken), median(own)
    goal = Goal("ours", "most", limit)
    return [
        Figure(f"{name}: first token after the mock's own, ms", first - alone, None, goal),
        Figure(f"{name}: first token, ms, against the mock", first, alone),
        Figure(f"{name}: whole, ms", median(one.total for one in taken)),
        Figure(f"{name}, {_clients(MANY)}: first token, ms", many.first),
        Figure(f"{name}, {_clients(MANY)}: whole, ms", many.total),
        Figure(f"{name}, {_clients(MANY)}: turns a second", many.rate, None, rate),
    ]


class _Rounds:
    """All servers measured in turn, several times over."""

    def __init__(
        self,
        rounds: int,
        everyone: Sequence[Server],
        measure: Callable[[Server, int], load.Round],
    ) -> None:
        self.rivals = [server.name for server in everyone if server.name != OURS]
        self._taken: dict[tuple[str, int], list[load.Round]] = defaultdict(list)
        for _ in range(rounds):
            for clients in CLIENTS:
                for server in everyone:
                    self._taken[server.name, clients].append(measure(server, clients))
                    processes.pause(0)

    def pair(
        self, rival: str, clients: int, what: Callable[[load.Round], float]
    ) -> tuple[float, float]:
        """The medians of ours and of a rival."""
        ours, theirs = (
            median(what(one) for one in self._taken[name, clients]) for name in (OURS, rival)
        )
        return ours, theirs


def _clients(number: int) -> str:
    return f"{number} client{'' if number == 1 else 's'}"
