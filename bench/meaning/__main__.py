"""Measure whether a cache that compares meanings would give right answers.

    PYTHONPATH=functions functions/venv/bin/python -m bench.meaning

With `--model openai/text-embedding-3-small` a model of one's own, which its provider bills.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.meaning import embedder
from bench.meaning.guard import GUARDS
from bench.meaning.pairs import SAME, Pair, all_pairs
from bench.meaning.score import CONFIDENCE, Score, score
from stack import console, processes
from stack.errors import StackError, Stopped

GOAL = 0.99
THRESHOLDS = [one / 1000 for one in range(800, 1000, 5)]
SHOWN = (0.8, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair with the cosine of its meanings, and the guards that let it through."""

    pair: Pair
    cosine: float
    passed: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.meaning", description=__doc__)
    parser.add_argument("--model", help="connection/model, by the keys in the environment")
    options = parser.parse_args()
    pairs = all_pairs()
    if options.model:
        compared = _compare(pairs, embedder.vectors(*embedder.chosen(options.model), _texts(pairs)))
    else:
        with tempfile.TemporaryDirectory() as folder, embedder.local(Path(folder)) as place:
            compared = _compare(pairs, embedder.vectors(*place, _texts(pairs)))
    _show_kinds(compared)
    for guard in GUARDS:
        _show_thresholds(guard, compared)


def _texts(pairs: Sequence[Pair]) -> list[str]:
    return [text for pair in pairs for text in (pair.first, pair.second)]


def _compare(pairs: Sequence[Pair], vectors: Sequence[embedder.Vector]) -> list[Compared]:
    return [
        Compared(
            pair,
            _cosine(first, second),
            frozenset(name for name, guard in GUARDS.items() if guard(pair.first, pair.second)),
        )
        for pair, first, second in zip(pairs, vectors[::2], vectors[1::2], strict=True)
    ]


def _cosine(first: embedder.Vector, second: embedder.Vector) -> float:
    def dot(one: embedder.Vector, other: embedder.Vector) -> float:
        return sum(a * b for a, b in zip(one, other, strict=True))

    return dot(first, second) / (dot(first, first) * dot(second, second)) ** 0.5


def _show_kinds(compared: Sequence[Compared]) -> None:
    console.say(
        f"\n  {'':<12}{'pairs':>6}  {'cosine: least, median, most':>29}  {'let through':>12}"
    )
    kinds = sorted({one.pair.kind for one in compared}, key=lambda kind: (kind not in SAME, kind))
    for kind in kinds:
        found = [one for one in compared if one.pair.kind == kind]
        cosines = sorted(one.cosine for one in found)
        through = "  ".join(f"{sum(name in one.passed for one in found):>4}" for name in GUARDS)
        console.say(
            f"  {kind:<12}{len(found):>6}  {cosines[0]:>13.3f}{cosines[len(found) // 2]:>8.3f}"
            f"{cosines[-1]:>8.3f}  {through}"
        )


def _show_thresholds(guard: str, compared: Sequence[Compared]) -> None:
    """What the thresholds do on the half that is held out; then the least one that reaches the goal
    on the other half, by which it is chosen, and what it serves wrongly."""
    tuned = [one for one in compared if one.pair.tuned_on]
    held_out = [one for one in compared if not one.pair.tuned_on]
    console.say(f"\n  guard `{guard}`, held out")
    for at in SHOWN:
        console.say(f"    {at:<10.3f}{_told(_score(guard, at, held_out))}")
    good = [at for at in THRESHOLDS if (_score(guard, at, tuned).precision or 0) >= GOAL]
    if not good:
        console.say(f"    no threshold reaches {GOAL:.0%} on the half to choose by")
        return
    console.say(f"    {good[0]:.3f} reaches {GOAL:.0%} on the half to choose by:")
    console.say(f"    {'chosen by':<10}{_told(_score(guard, good[0], tuned))}")
    console.say(f"    {'held out':<10}{_told(_score(guard, good[0], held_out))}")
    for one in held_out:
        if _serves(guard, good[0], one) and not one.pair.same:
            console.say(f"    {one.cosine:.3f}  {one.pair.first}  /  {one.pair.second}")


def _serves(guard: str, threshold: float, one: Compared) -> bool:
    return guard in one.passed and one.cosine >= threshold


def _score(guard: str, threshold: float, compared: Sequence[Compared]) -> Score:
    return score((_serves(guard, threshold, one), one.pair.same) for one in compared)


def _told(found: Score) -> str:
    precision = "-" if found.precision is None else f"{found.precision:.1%}"
    return (
        f"precision {precision:>6} ({found.right} of {found.served}; at least {found.surely:.1%} "
        f"with {CONFIDENCE:.0%} confidence), recall {found.recall:.1%}"
    )


if __name__ == "__main__":
    processes.stop_on_signals()
    try:
        main()
    except StackError as error:
        console.fail(str(error))
        sys.exit(1)
    except Stopped:
        sys.exit(130)
