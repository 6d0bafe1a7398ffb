"""How good a rule is that says of two questions whether they ask the same."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """Of pairs that a rule served: `right` ask the same, `wrong` do not. `missed` ask the same and
    were not served."""

    right: int
    wrong: int
    missed: int

    @property
    def served(self) -> int:
        return self.right + self.wrong

    @property
    def precision(self) -> float | None:
        """The part of what was served that was right; None when nothing was."""
        return self.right / self.served if self.served else None

    @property
    def recall(self) -> float:
        """The part of what asks the same that was served."""
        return self.right / (self.right + self.missed)

    @property
    def surely(self) -> float:
        """The precision that this much proves (Clopper and Pearson, one-sided)."""
        return proven(self.right, self.served)


def score(found: Iterable[tuple[bool, bool]]) -> Score:
    """Of pairs of: whether it is served, whether it asks the same."""
    counts = {(served, same): 0 for served in (True, False) for same in (True, False)}
    for one in found:
        counts[one] += 1
    return Score(counts[True, True], counts[True, False], counts[False, True])


def proven(right: int, of: int) -> float:
    """The least share at which `right` or more of so many would still happen in one of twenty."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        chance = sum(_chance(one, of, middle) for one in range(right, of + 1))
        low, high = (low, middle) if chance > 1 - CONFIDENCE else (middle, high)
    return low


def _chance(right: int, of: int, share: float) -> float:
    """Of exactly so many; by logarithms, for the factorials are too large."""
    ways = math.lgamma(of + 1) - math.lgamma(right + 1) - math.lgamma(of - right + 1)
    return math.exp(ways + right * math.log(share) + (of - right) * math.log(1 - share))
