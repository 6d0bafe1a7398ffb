"""Budgets: what they add to a call."""

from statistics import median

from bench import load
from bench.figures import Figure, Goal
from bench.parts import CLIENTS, Bench, warm_up
from bench.servers import Server
from stack import console, processes

BUDGETS = "everyone: 1000000 USD a month; each: 100000 USD a day"


def admission(bench: Bench, ours: Server) -> list[Figure]:
    """Calls of a proxy, p50: under a budget of all and one of each person, against none."""
    figures: list[Figure] = []
    with console.step("Budgets"), bench.functions(beside=True, BUDGETS=BUDGETS) as other:
        warm_up(bench, [other])
        for clients in CLIENTS:
            with_them: list[float] = []
            without: list[float] = []
            for _ in range(bench.rounds):
                for server, found in ((other, with_them), (ours, without)):
                    found.append(_p50(bench, server, clients))
                processes.pause(0)
            added = median(with_them) - median(without)
            figures += [
                Figure(
                    f"two budgets, {clients} at once: completion p50, ms, against none",
                    median(with_them),
                    median(without),
                ),
                Figure("  added, ms", added, None, Goal("ours", "most", 3)),
            ]
    return figures


def _p50(bench: Bench, server: Server, clients: int) -> float:
    return load.whole(server, clients, bench.seconds, bench.installed.wrk, bench.folder).p50
