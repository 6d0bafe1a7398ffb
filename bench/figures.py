"""Figures with their goals: the table that a person reads, and results.json."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stack import console

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Goal:
    """A limit of the ratio to the rival, or of the figure itself."""

    of: Literal["ratio", "ours"]
    at: Literal["most", "least"]
    limit: float

    def __str__(self) -> str:
        sign = "≤" if self.at == "most" else "≥"
        return f"{sign} {self.limit:g}{' x' if self.of == 'ratio' else ''}"


@dataclass(frozen=True)
class Figure:
    """One thing measured. `ratio` is ours divided by the rival's."""

    figure: str
    ours: float
    rival: float | None = None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the rival's."""
        return self.ours / self.rival if self.rival and self.rival > 0 else None

    @property
    def met(self) -> bool | None:
        """Whether the goal holds; None without one."""
        if self.goal is None:
            return None
        value = self.ratio if self.goal.of == "ratio" else self.ours
        if value is None:
            return None
        return value <= self.goal.limit if self.goal.at == "most" else value >= self.goal.limit


def show(figures: list[Figure]) -> None:
    """Print the table."""
    width = max(len(one.figure) for one in figures)
    console.say(f"\n  {'':<{width}}  {'ours':>9}  {'rival':>9}  {'ratio':>6}  {'goal':>8}")
    for one in figures:
        goal = "" if one.goal is None else str(one.goal)
        verdict = {True: "met", False: "MISSED", None: ""}[one.met]
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        console.say(
            f"  {one.figure:<{width}}  {_number(one.ours):>9}  {_number(one.rival):>9}"
            f"  {ratio:>6}  {goal:>8}  {verdict}"
        )


def write(figures: list[Figure]) -> None:
    """Write results.json."""
    rows = [
        {
            "figure": one.figure,
            "ours": one.ours,
            "rival": one.rival,
            "ratio": one.ratio,
            "goal": None if one.goal is None else str(one.goal),
            "met": one.met,
        }
        for one in figures
    ]
    RESULTS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if 0 < value < 0.1:
        return f"{value:.2g}"
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"
