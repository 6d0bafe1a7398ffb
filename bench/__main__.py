"""`make bench`: run against an empty stack, whose variables it needs."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager

from bench import admission, client, conversations, figures, parts, stopping, together
from bench.figures import Figure
from bench.installation import LITELLM, PORTKEY, Installed, install
from bench.parts import Bench
from bench.people import People
from bench.servers import Server
from bench.web import web
from stack import console, processes
from stack.errors import StackError, Stopped
from stack.layout import STACKS
from stack.ports import free_block

_SERVED = [
    "tokens",
    "completions",
    "streams",
    "turns",
    "long",
    "compared",
    "stop",
    "budgets",
]
_UPSTREAM = ["cost", "many"]
_PARTS = ["import", "memory", *_SERVED, "opening", *_UPSTREAM, "web"]
_WITH_RIVALS = {"memory", "completions", "streams", "budgets"}


def main() -> int:
    """Measure, print, write; 0 when every goal is met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which medians are taken")
    parser.add_argument("--seconds", type=float, default=2, help="length of a round of completions")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=_PARTS, help="parts to run")
    options = parser.parse_args()
    if "FIRESTORE_EMULATOR_HOST" not in os.environ:
        raise StackError("There is no stack to measure against: run this by `make bench`.")
    installed = install(rivals=bool(_WITH_RIVALS & set(options.only)))
    console.say(f"  LiteLLM {LITELLM}, Portkey {PORTKEY}; load average before: {_load_average()}")
    found: list[Figure] = []
    with _bench(installed, options.rounds, options.seconds) as bench:
        if "import" in options.only:
            found += parts.imports()
        if "memory" in options.only:
            found += parts.resident(bench)
        if wanted := [part for part in _SERVED if part in options.only]:
            found += _served(bench, wanted)
        if "opening" in options.only:
            found += conversations.opening(bench)
        if wanted := [part for part in _UPSTREAM if part in options.only]:
            found += _with_mock(bench, wanted)
        if "web" in options.only:
            found += web(bench.folder)
    figures.show(found)
    console.say(f"\n  Load average after: {_load_average()}")
    if options.only == _PARTS:
        figures.write(found)
    missed = [one.figure for one in found if one.met is False]
    for name in missed:
        console.warn(f"goal missed: {name.strip()}")
    return 1 if missed else 0


def _served(bench: Bench, wanted: list[str]) -> list[Figure]:
    """What is asked of servers that are started once."""
    with ExitStack() as started:
        mock = started.enter_context(bench.mock())
        ours = started.enter_context(bench.functions())
        everyone = [mock, ours]
        if _WITH_RIVALS & set(wanted):
            everyone.append(started.enter_context(bench.litellm()))
            everyone.append(started.enter_context(bench.portkey()))
        run = {
            "tokens": lambda: parts.verification(bench, ours),
            "completions": lambda: parts.completions(bench, everyone),
            "streams": lambda: parts.streams(bench, everyone),
            "turns": lambda: parts.stored_turns(bench, ours, mock),
            "long": lambda: conversations.adding_to_a_long_one(bench, ours),
            "compared": lambda: together.compared(bench, ours, mock),
            "stop": lambda: stopping.stop(bench, ours),
            "budgets": lambda: admission.admission(bench, ours, everyone[2], mock),
        }
        parts.warm_up(bench, everyone)
        return [figure for part in wanted for figure in run[part]()]


def _with_mock(bench: Bench, wanted: list[str]) -> list[Figure]:
    """What starts a process of its own."""
    run: dict[str, Callable[[Server], list[Figure]]] = {
        "cost": lambda _: conversations.cost_of_a_turn(bench),
        "many": lambda mock: together.many(bench, mock),
    }
    with bench.mock() as mock:
        return [figure for part in wanted for figure in run[part](mock)]


@contextmanager
def _bench(installed: Installed, rounds: int, seconds: float) -> Generator[Bench]:
    folder = STACKS / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with free_block() as ports:
        people = People(os.environ["GCLOUD_PROJECT"])
        persons = [people.sign_in(f"bench-{number}") for number in range(parts.MANY)]
        yield Bench(installed, ports, folder, people, persons, rounds, seconds)
        people.close()


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
