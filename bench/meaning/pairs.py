"""Pairs of questions, and whether one answer serves both.

A line of `pairs/{language}.tsv` is kind, first question, second question. Two kinds ask the same:
`polite` has the same content words, `reworded` has others. All other kinds are near-misses, which
are named by what tells them apart.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench.meaning.frames import FRAMES

SAME = ("polite", "reworded")


@dataclass(frozen=True, slots=True)
class Pair:
    """`group`: what it has in common with other pairs, which stay in the same half."""

    source: Literal["written", "frames"]
    language: str
    kind: str
    first: str
    second: str
    group: str

    @property
    def same(self) -> bool:
        return self.kind in SAME

    @property
    def tuned_on(self) -> bool:
        """In the half by which a threshold is chosen; the other half tells what it is worth."""
        return hashlib.sha256(self.group.encode()).digest()[0] % 2 == 0


def all_pairs() -> list[Pair]:
    return [*_written(), *_from_frames()]


def _written() -> Iterator[Pair]:
    for file in sorted(Path(__file__).with_name("pairs").glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            kind, first, second = line.split("\t")
            yield Pair("written", file.stem, kind, first, second, first)


def _from_frames() -> Iterator[Pair]:
    """Each value asked for in two ways is the same; each two values, in one way or in two, are
    not."""
    for frame in FRAMES:
        one, other = frame.ways
        for value, following in zip(frame.values, frame.values[1:] + frame.values[:1], strict=True):
            asked = one.format(value)
            for kind, second in (
                ("reworded", other.format(value)),
                (frame.kind, one.format(following)),
                (frame.kind, other.format(following)),
            ):
                yield Pair("frames", frame.language, kind, asked, second, one)
