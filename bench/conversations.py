"""Parts about stored conversations: does their length matter, and what does a turn in one cost?"""

import os
from statistics import median

from bench import client, inside, prices, turns
from bench.figures import Figure, Goal
from bench.inside import Counted
from bench.parts import Bench
from bench.people import Person
from bench.servers import TEN_SECONDS, Server, post
from stack import console, processes

SHORT, LONG, LONGEST = 20, 1_000, 10_000
_PAGE = 60
"""Messages of the first page: web/src/features/chat."""
_TURNS = 4
"""In one conversation, so that its newest messages stay as long as they were made."""
_OPENED = 20
_CONCURRENCIES = (1, 20)


def adding_to_a_long_one(bench: Bench, ours: Server) -> list[Figure]:
    """A turn in a conversation of 1,000 messages, of which 20 fit the model's window."""
    person = bench.persons[0]
    taken: dict[int, list[turns.Turns]] = {SHORT: [], LONG: []}
    with console.step("Turns in long conversations"):
        rounds = bench.rounds + 1
        short = inside.made(person, SHORT, rounds * _TURNS, bench.environment)
        long = inside.made(person, LONG, rounds, bench.environment)
        for number in range(rounds):
            places = {
                SHORT: short[number * _TURNS :][:_TURNS],
                LONG: [long[number]] * _TURNS,
            }
            for length, conversations in places.items():
                taken[length].append(turns.following(ours.port, person, conversations))
            processes.pause(0)
    # The first round warms up.
    after_short, after_long = (taken[length][1:] for length in (SHORT, LONG))
    at, goal = f"turn after {LONG:,} messages", Goal("ratio", "most", 1.2)
    return [
        Figure(
            f"{at}: first token, ms, against after {SHORT}",
            median(one.first for one in after_long),
            median(one.first for one in after_short),
            goal,
        ),
        Figure(
            f"{at}: whole, ms, against after {SHORT}",
            median(one.total for one in after_long),
            median(one.total for one in after_short),
            goal,
        ),
    ]


def opening(bench: Bench) -> list[Figure]:
    """The first page as a browser reads it: by Firestore's API, with a person's own token."""
    person = bench.persons[0]
    took: dict[int, float] = {}
    with console.step("Opening conversations"):
        for length in (SHORT, LONG, LONGEST):
            (conversation,) = inside.made(person, length, 1, bench.environment)
            requests = _first_page(conversation, person)
            port = int(os.environ["FIRESTORE_EMULATOR_HOST"].rsplit(":", 1)[1])
            found: list[float] = []
            for _ in range(_OPENED + 1):
                both = client.ask_each(port, requests, clients=2, marker=b'"fields"')
                found.append(max(sample.total for sample in both.samples))
                processes.pause(0)
            took[length] = 1000 * median(found[1:])
    return [
        *(
            Figure(f"first page of {length:,} messages, ms", ms, None, Goal("ours", "most", 15))
            for length, ms in took.items()
        ),
        Figure(
            f"first page of {LONGEST:,} messages, ms, against of {LONG:,}",
            took[LONGEST],
            took[LONG],
            Goal("ratio", "most", 1.2),
        ),
    ]


def cost_of_a_turn(bench: Bench) -> list[Figure]:
    """A turn of ten seconds in a conversation of 20 messages, without and with a summary of what
    no longer fits: documents, bytes, dollars."""
    figures: list[Figure] = []
    with console.step("What a turn of ten seconds costs"):
        for name, summarise in (("turn of 10 s", False), ("turn of 10 s that sums up", True)):
            person = bench.persons[0]
            (conversation,) = inside.made(person, SHORT, 1, bench.environment, summarise=summarise)
            one = inside.turn(conversation, person, f"openai/{TEN_SECONDS}", bench.environment)
            figures += _cost(name, one)
            processes.pause(0)
    return figures


def _cost(name: str, one: Counted) -> list[Figure]:
    documents = prices.Operations(one.reads, one.writes, one.deletes)
    return [
        Figure(f"{name}: seconds until the answer is there", one.streamed),
        Figure(f"{name}: seconds until the request ends", one.seconds),
        Figure(f"{name}: messages of context read", one.context),
        Figure(f"{name}: reads beside them", one.reads - one.context, None, _most(4)),
        Figure(
            f"{name}: writes beside log and ledger",
            one.writes - one.entries - one.ledger,
            None,
            _most(8),
        ),
        Figure(f"{name}: writes of the ledger", one.ledger),
        Figure(f"{name}: writes a second, the log", one.entries / one.streamed, None, _most(1)),
        Figure(f"{name}: deletes a second", one.deletes / one.streamed, None, _most(1)),
        Figure(f"{name}: bytes sent to Firestore", one.bytes_sent),
        Figure(f"{name}: bytes received", one.bytes_received),
        Figure(f"{name}: 1,000 of them, Firestore, US$", 1000 * prices.firestore(documents)),
        *(
            Figure(
                f"{name}: 1,000, compute at concurrency {concurrency}, US$",
                1000 * prices.compute(one.seconds, concurrency),
            )
            for concurrency in _CONCURRENCIES
        ),
    ]


def _first_page(conversation: str, person: Person) -> list[bytes]:
    """The conversation, and the last messages of its branch: as web/src/features/chat asks."""
    project = os.environ["GCLOUD_PROJECT"]
    port = int(os.environ["FIRESTORE_EMULATOR_HOST"].rsplit(":", 1)[1])
    database = f"projects/{project}/databases/(default)"
    path = f"{database}/documents/conversations/{conversation}"
    query = {
        "from": [{"collectionId": "messages"}],
        "where": {
            "fieldFilter": {
                "field": {"fieldPath": "branchId"},
                "op": "EQUAL",
                "value": {"stringValue": "main"},
            }
        },
        "orderBy": [{"field": {"fieldPath": "__name__"}, "direction": "ASCENDING"}],
        "limit": _PAGE,
    }
    headers = {"Authorization": f"Bearer {person.token}"}
    return [
        post(port, f"/v1/{database}/documents:batchGet", {"documents": [path]}, headers),
        post(port, f"/v1/{path}:runQuery", {"structuredQuery": query}, headers),
    ]


def _most(limit: float) -> Goal:
    return Goal("ours", "most", limit)
