"""Headers of an answer that was given: when the next one would be refused."""

import pytest

from colonycraft.llm import ModelRequest, start
from colonycraft.llm.port import Allowance, Remaining
from colonycraft.llm.retry_after import limited_for, remaining
from support.answers import HELLO, place
from support.upstream import SSE, events, reply, upstream

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"x-ratelimit-remaining-tokens": "12", "x-ratelimit-reset-tokens": "20s"}, None),
        ({"x-ratelimit-reset-tokens": "20s"}, None),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "20s"}, 20),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m30s",
          "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "20s"}, 90),
        ({"anthropic-ratelimit-input-tokens-remaining": "0",
          "anthropic-ratelimit-input-tokens-reset": "2027-01-15T08:00:07Z"}, 7),
        ({"anthropic-ratelimit-requests-remaining": "0",
          "anthropic-ratelimit-requests-reset": "2020-01-01T00:00:00Z"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800000005"}, 5),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, None),
        ({"retry-after": "9"}, None),
    ],
)  # fmt: skip
def test_only_a_limit_that_is_used_up_says_so(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert limited_for(headers, now=NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, None),
        ({"x-ratelimit-remaining-requests": "3"}, None),
        ({"x-ratelimit-remaining-requests": "x", "x-ratelimit-reset-requests": "2s"}, None),
        ({"x-ratelimit-remaining-requests": "-1", "x-ratelimit-reset-requests": "2s"}, None),
        ({"x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "2s",
          "x-ratelimit-remaining-tokens": "900", "x-ratelimit-reset-tokens": "1m"},
         Remaining(Allowance(3, 2), Allowance(900, 60))),
        ({"anthropic-ratelimit-requests-remaining": "7",
          "anthropic-ratelimit-requests-reset": "2027-01-15T08:00:07Z"},
         Remaining(Allowance(7, 7))),
        ({"anthropic-ratelimit-tokens-remaining": "500",
          "anthropic-ratelimit-tokens-reset": "2027-01-15T08:00:07Z",
          "anthropic-ratelimit-input-tokens-remaining": "40",
          "anthropic-ratelimit-input-tokens-reset": "2027-01-15T08:00:09Z"},
         Remaining(None, Allowance(40, 9))),
        ({"x-ratelimit-remaining-req-minute": "97"}, Remaining(Allowance(97, 60))),
        ({"x-ratelimit-remaining-requests": "3",
          "x-ratelimit-reset-requests": "2020-01-01T00:00:00Z"}, None),
    ],
)  # fmt: skip
def test_what_remains_is_read_with_the_time_for_which_it_holds(
    headers: dict[str, str], told: Remaining | None
) -> None:
    assert remaining(headers, now=NOW) == told


def test_a_call_tells_of_it() -> None:
    body = events(
        {"choices": [{"index": 0, "delta": {"content": "x"}, "finish_reason": "stop"}]}, "[DONE]"
    )
    used_up = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "20s"}
    with upstream(reply(body, SSE, headers=used_up), reply(body, SSE)) as server:
        for expected in (20, None):
            call = start(place("openai_chat", server.url), ModelRequest("m", HELLO), stream=True)
            assert call.limited_for is None
            list(call)
            call.close()
            assert call.limited_for == expected
            told = None if expected is None else Remaining(Allowance(0, expected))
            assert call.remaining == told
