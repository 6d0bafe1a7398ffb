"""What a provider says, where it is of no use."""

import math

import pytest

from colonycraft.llm.shapes import MOST_TOKENS, count_of


@pytest.mark.parametrize(
    "value",
    [None, True, "12", [], {}, -1, -0.5, math.nan, math.inf, -math.inf, MOST_TOKENS + 1, 1e300],
)
def test_what_is_no_number_of_tokens_is_unknown(value: object) -> None:
    assert count_of(value) is None


@pytest.mark.parametrize(("value", "count"), [(0, 0), (7, 7), (7.0, 7), (MOST_TOKENS, MOST_TOKENS)])
def test_what_is_one(value: object, count: int) -> None:
    assert count_of(value) == count
