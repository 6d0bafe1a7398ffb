"""Budgets: what they add to a call, and whether they hold."""

import json
import math
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median

from genai_prices import Usage, calc_price

from bench import client, load
from bench.figures import Figure, Goal
from bench.parts import MANY, Bench, warm_up
from bench.servers import MODEL, OURS, Server, messages
from stack import console, processes
from stack.ports import HOST

DOLLARS = 1_000_000
PAID_FOR, AT_ONCE = 20, 200
"""Calls that a budget is for, and those that are made at once."""


def admission(bench: Bench, ours: Server, litellm: Server, mock: Server) -> list[Figure]:
    """Budgets that nobody reaches against none, and one that two hundred calls reach at once."""
    return [*_added(bench, ours, litellm), *_kept(bench, _micros_of_a_call(mock))]


def _added(bench: Bench, ours: Server, litellm: Server) -> list[Figure]:
    """Milliseconds, p50: of all and of each person here, of the provider with LiteLLM."""
    both = f"everyone: {DOLLARS} USD a month; each: {DOLLARS} USD a day"
    with console.step("Budgets"), ExitStack() as started:
        our_other = started.enter_context(bench.functions(beside=True, BUDGETS=both))
        rival_other = started.enter_context(bench.litellm(DOLLARS))
        pairs = {ours.name: (our_other, ours), litellm.name: (rival_other, litellm)}
        warm_up(bench, [our_other, rival_other])
        taken: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for _ in range(bench.rounds):
            for how, measure in _MEASURES.items():
                for name, pair in pairs.items():
                    taken[name, how].append(_with_and_without(bench, *pair, measure))
    figures: list[Figure] = []
    for how in _MEASURES:
        rounds = {name: taken[name, how] for name in pairs}
        p50 = {
            name: (median(one for one, _ in found), median(other for _, other in found))
            for name, found in rounds.items()
        }
        added = {
            name: median(with_it - without for with_it, without in found)
            for name, found in rounds.items()
        }
        figures += [
            Figure(f"two budgets, {how}: completion p50, ms, against none", *p50[ours.name]),
            Figure("  LiteLLM's with its budget, without", *p50[litellm.name]),
            Figure(
                "  added, ms, against what LiteLLM's adds",
                added[ours.name],
                added[litellm.name],
                None if how == _AT_CAPACITY else Goal("ours", "most", 3),
            ),
        ]
    return figures


type _Measure = Callable[[Bench, Server], float]
"""The p50 of completions, in milliseconds."""


def _answered_at_once(clients: int) -> _Measure:
    return lambda bench, server: (
        load.whole(server, clients, bench.seconds, bench.installed.wrk, bench.folder).p50
    )


# Where the mock answers at once, sixteen clients keep the process at work without a pause, and a
# call waits for what all sixteen compute: that is how many calls it can take, no wait for a budget.
_AT_CAPACITY = f"{MANY} clients at capacity"
_MEASURES: dict[str, _Measure] = {
    "1 client": _answered_at_once(1),
    f"{MANY} clients of a model that takes 0.25 to 0.4 s": lambda bench, server: load.delayed(
        server, MANY, bench.seconds
    ),
    _AT_CAPACITY: _answered_at_once(MANY),
}


def _with_and_without(
    bench: Bench, with_it: Server, without: Server, measure: _Measure
) -> tuple[float, float]:
    """The p50 of each, in an order in which a machine that grows slower or quicker favours none."""
    p50: list[float] = []
    for server in (with_it, without, without, with_it):
        p50.append(measure(bench, server))
        processes.pause(0)
    return (p50[0] + p50[3]) / 2, (p50[1] + p50[2]) / 2


def _kept(bench: Bench, micros: int) -> list[Figure]:
    """What two hundred calls at once cost under a budget for twenty of them."""
    limit = PAID_FOR * micros / 1_000_000
    spent: dict[str, float] = {}
    with console.step("A budget that is reached"), ExitStack() as started:
        for server in (
            started.enter_context(
                bench.functions(beside=True, BUDGETS=f"everyone: {limit:.6f} USD for good")
            ),
            started.enter_context(bench.litellm(limit)),
        ):
            posts = server.posts["openai"]
            asked = [posts[number % len(posts)] for number in range(AT_ONCE)]
            answered = client.statuses(server.port, asked)
            if answered.keys() - {"200", "429"}:
                raise client.Failed(f"{server.name}: {dict(answered)}")
            spent[server.name] = answered["200"] / PAID_FOR
    ours = spent.pop(OURS)
    (theirs,) = spent.values()
    name = f"{AT_ONCE} calls at once, a budget for {PAID_FOR}: spent, of what was allowed"
    return [Figure(name, ours, theirs, Goal("ours", "most", 1))]


def _micros_of_a_call(mock: Server) -> int:
    """By the mock's own count."""
    address = f"http://{HOST}:{mock.port}/v1/chat/completions"
    body = json.dumps({"model": MODEL, "messages": messages()}).encode()
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        usage = json.load(answer)["usage"]
    counted = Usage(input_tokens=usage["prompt_tokens"], output_tokens=usage["completion_tokens"])
    return math.ceil(calc_price(counted, MODEL, provider_id="openai").total_price * 1_000_000)
