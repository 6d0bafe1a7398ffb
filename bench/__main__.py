"""`make bench`: run against an empty stack, whose variables it needs."""

import argparse
import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager

from bench import client, figures, parts
from bench.figures import Figure
from bench.installation import LITELLM, PORTKEY, Installed, install
from bench.parts import Bench
from bench.people import People
from stack import console, processes
from stack.errors import StackError, Stopped
from stack.layout import STACKS
from stack.ports import free_block

_UNDER_LOAD = ["tokens", "completions", "streams", "turns"]
_PARTS = ["import", "memory", *_UNDER_LOAD]


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
    console.say(f"  LiteLLM {LITELLM}, Portkey {PORTKEY}; load average before: {_load_average()}")
    found: list[Figure] = []
    with _bench(installed, options.rounds, options.seconds) as bench:
        if "import" in options.only:
            found += parts.imports()
        if "memory" in options.only:
            found += parts.resident(bench)
        if wanted := [part for part in _UNDER_LOAD if part in options.only]:
            found += _under_load(bench, wanted)
    figures.show(found)
    console.say(f"\n  Load average after: {_load_average()}")
    if options.only == _PARTS:
        figures.write(found)
    missed = [one.figure for one in found if one.met is False]
    for name in missed:
        console.warn(f"goal missed: {name.strip()}")
    return 1 if missed else 0


def _under_load(bench: Bench, wanted: list[str]) -> list[Figure]:
    with (
        bench.mock() as mock,
        bench.functions() as ours,
        bench.litellm() as litellm,
        bench.portkey() as portkey,
    ):
        everyone = [mock, ours, litellm, portkey]
        run = {
            "tokens": lambda: parts.verification(bench, ours),
            "completions": lambda: parts.completions(bench, everyone),
            "streams": lambda: parts.streams(bench, everyone),
            "turns": lambda: parts.stored_turns(bench, ours, mock),
        }
        parts.warm_up(bench, everyone)
        return [figure for part in wanted for figure in run[part]()]


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
