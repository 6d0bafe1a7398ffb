"""`make bench`: run against an empty stack, whose variables it needs."""

import argparse
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import client, figures, load, memory, servers, turns
from bench.figures import Figure, Goal
from bench.installation import LITELLM, PORTKEY, Installed, install
from bench.people import People, Person
from stack import console, processes
from stack.errors import StackError, Stopped
from stack.layout import STACKS
from stack.ports import Ports, free_block

CLIENTS = (1, 16)
_PARTS = ["import", "memory", "tokens", "completions", "streams", "turns"]
_FASTER = Goal("ratio", "most", 0.4)
_MORE = Goal("ratio", "least", 3)


@dataclass(frozen=True)
class Bench:
    """What all measurements share."""

    installed: Installed
    ports: Ports
    folder: Path
    people: People
    persons: list[Person]
    rounds: int
    seconds: float


def main() -> int:
    """Measure, print, write; 0 when every goal is met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which medians are taken")
    parser.add_argument("--seconds", type=float, default=2, help="length of a round of completions")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=_PARTS, help="parts to run")
    options = parser.parse_args()
    if "FIRESTORE_EMULATOR_HOST" not in os.environ:
        raise StackError("There is no stack to measure against: run this by `make bench`.")
    installed = install()
    console.say(f"  Load average before: {_load_average()}")
    with _bench(installed, options.rounds, options.seconds) as bench:
        found = [
            *(_imports() if "import" in options.only else ()),
            *(_memory(bench) if "memory" in options.only else ()),
            *_under_load(bench, options.only),
        ]
    figures.show(found)
    if options.only == _PARTS:
        figures.write(found)
    console.say(
        f"  Load average after: {_load_average()}; rivals: LiteLLM {LITELLM}, Portkey {PORTKEY}"
    )
    missed = [one.figure for one in found if one.met is False]
    for name in missed:
        console.warn(f"goal missed: {name}")
    return 1 if missed else 0


@contextmanager
def _bench(installed: Installed, rounds: int, seconds: float) -> Iterator[Bench]:
    folder = STACKS / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with free_block() as ports:
        people = People(os.environ["GCLOUD_PROJECT"])
        persons = [people.sign_in(f"bench-{number}") for number in range(max(CLIENTS))]
        yield Bench(installed, ports, folder, people, persons, rounds, seconds)
        people.close()


def _imports() -> list[Figure]:
    with console.step("Import of functions/main.py"):
        found = memory.import_of_main(7)
    return [
        Figure("import of functions/main.py, s", found.seconds, None, Goal("ours", "most", 0.9)),
        Figure("vendor SDKs imported with it", len(found.sdks), None, Goal("ours", "most", 0)),
    ]


def _memory(bench: Bench) -> list[Figure]:
    """Fresh processes: one call to each provider from each of sixteen clients, all at once."""
    with (
        console.step("Resident memory"),
        servers.mock(bench.installed, bench.ports.base, bench.folder) as mock,
    ):
        with _functions(bench, mock) as ours:
            for provider, model in servers.PROVIDERS.items():
                asked = [
                    servers.ask_provider(ours.port, provider, model, one) for one in bench.persons
                ]
                _once_each(ours.port, asked)
            our_size = memory.resident(ours.child.process.pid)
        with _litellm(bench, mock) as rival:
            for model in servers.PROVIDERS.values():
                _once_each(rival.port, [servers.ask_litellm(rival, model)] * len(bench.persons))
            rival_size = memory.resident(rival.child.process.pid)
    return [
        Figure("resident memory, MB", our_size, None, Goal("ours", "most", 220)),
        Figure("the same against LiteLLM", our_size, rival_size, Goal("ratio", "most", 0.7)),
    ]


def _once_each(port: int, asked: list[bytes]) -> None:
    waiting = [[one] for one in asked]
    client.ask(
        port,
        lambda number: waiting[number].pop() if waiting[number] else None,
        clients=len(waiting),
        marker=servers.MARKER,
    )


def _under_load(bench: Bench, parts: list[str]) -> list[Figure]:
    wanted = [part for part in parts if part in ("tokens", "completions", "streams", "turns")]
    if not wanted:
        return []
    with ExitStack() as running:
        with console.step("Mock, functions, LiteLLM and Portkey"):
            base, folder = bench.ports.base, bench.folder
            mock = running.enter_context(servers.mock(bench.installed, base, folder))
            ours = running.enter_context(_functions(bench, mock))
            litellm = running.enter_context(_litellm(bench, mock))
            portkey = running.enter_context(
                servers.portkey(bench.installed, base + 3, base, folder)
            )
        everyone = [mock, ours, litellm, portkey]
        run = {
            "tokens": lambda: _verification(bench, ours),
            "completions": lambda: _whole(bench, everyone),
            "streams": lambda: _streamed(bench, everyone),
            "turns": lambda: _turns(bench, ours, mock),
        }
        for server in everyone:
            for clients in CLIENTS:
                load.streamed(server, clients, 0.5)
                load.whole(server, clients, 1, bench.installed.wrk, folder)
        return [figure for part in wanted for figure in run[part]()]


def _verification(bench: Bench, ours: servers.Server) -> list[Figure]:
    """A person's first request: their token is verified; later it is remembered."""
    strangers = [bench.people.sign_in(f"stranger-{number}") for number in range(100)]
    first = [servers.ask_openai(ours.port, one) for one in strangers]
    known = list(first)
    with console.step("Verification of tokens"):
        times = []
        for waiting in (first, known):
            samples, _ = client.ask(
                ours.port,
                lambda _, waiting=waiting: waiting.pop() if waiting else None,
                clients=1,
                marker=servers.MARKER,
            )
            times.append(1000 * median(sample.total for sample in samples))
    return [Figure("a token's first verification, ms", times[0] - times[1])]


def _whole(bench: Bench, everyone: list[servers.Server]) -> list[Figure]:
    taken: dict[tuple[str, int], list[load.Round]] = defaultdict(list)
    with console.step("Completions"):
        for _ in range(bench.rounds):
            for clients in CLIENTS:
                for server in everyone:
                    taken[server.name, clients].append(
                        load.whole(
                            server, clients, bench.seconds, bench.installed.wrk, bench.folder
                        )
                    )
                    processes.pause(0)
    found: list[Figure] = []
    for clients in CLIENTS:
        for rival in everyone:
            if rival.name != "ColonyCraft":
                goal = rival.name == "LiteLLM"
                at = f"{_clients(clients)}, against {rival.name}"
                p50, rates = (
                    [
                        median(getattr(one, what) for one in taken[name, clients])
                        for name in ("ColonyCraft", rival.name)
                    ]
                    for what in ("p50", "rate")
                )
                found += [
                    Figure(f"completion p50, ms, {at}", *p50, goal=_FASTER if goal else None),
                    Figure(f"completions a second, {at}", *rates, goal=_MORE if goal else None),
                ]
    return found


def _streamed(bench: Bench, everyone: list[servers.Server]) -> list[Figure]:
    taken: dict[tuple[str, int], list[load.Round]] = defaultdict(list)
    with console.step("Streamed completions"):
        for _ in range(bench.rounds):
            for clients in CLIENTS:
                for server in everyone:
                    taken[server.name, clients].append(
                        load.streamed(server, clients, bench.seconds)
                    )
                    processes.pause(0)
    found: list[Figure] = []
    for clients in CLIENTS:
        for rival in everyone:
            if rival.name != "ColonyCraft":
                at = f"{_clients(clients)}, against {rival.name}"
                for what, name in (("first", "first token"), ("p50", "total")):
                    pair = [
                        median(getattr(one, what) for one in taken[server, clients])
                        for server in ("ColonyCraft", rival.name)
                    ]
                    found.append(Figure(f"streamed: {name}, ms, {at}", *pair))
    return found


def _turns(bench: Bench, ours: servers.Server, mock: servers.Server) -> list[Figure]:
    kinds = (
        ("in a new chat", turns.in_new_chats, 10),
        (f"with {turns.CONTEXT} messages of context", turns.with_context, 15),
    )
    found: list[Figure] = []
    with console.step("Stored turns"):
        for name, measure, limit in kinds:
            taken: list[turns.Turns] = []
            own: list[float] = []
            measure(ours.port, bench.persons, 1, 3)
            for _ in range(bench.rounds):
                own.append(turns.mock_alone(mock.port, context=name != "in a new chat"))
                taken.append(measure(ours.port, bench.persons, 1, 12))
            first = median(one.first for one in taken)
            found += [
                Figure(
                    f"turn {name}: first token after the mock's own, ms",
                    first - median(own),
                    None,
                    Goal("ours", "most", limit),
                ),
                Figure(f"turn {name}: first token, ms, against the mock", first, median(own)),
                Figure(f"turn {name}: whole, ms", median(one.total for one in taken)),
            ]
            many = measure(ours.port, bench.persons, 16, 16 * 6)
            found += [
                Figure(f"turn {name}, {_clients(16)}: first token, ms", many.first),
                Figure(f"turn {name}, {_clients(16)}: turns a second", many.rate),
            ]
    return found


def _functions(bench: Bench, mock: servers.Server):
    return servers.functions(
        bench.ports.base + 1, mock.port, bench.folder, bench.people, bench.persons
    )


def _litellm(bench: Bench, mock: servers.Server):
    return servers.litellm(bench.installed, bench.ports.base + 2, mock.port, bench.folder)


def _clients(number: int) -> str:
    return f"{number} client{'' if number == 1 else 's'}"


def _load_average() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


if __name__ == "__main__":
    processes.stop_on_signals()
    try:
        code = main()
    except (StackError, client.Failed) as error:
        console.fail(str(error))
        code = 1
    except Stopped:
        code = 130
    sys.exit(code)
