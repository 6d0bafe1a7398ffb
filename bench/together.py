"""Parts about many answers at once in one process: none starves another."""

import uuid
from statistics import median

from bench import client, inside, memory, servers, turns
from bench.figures import Figure, Goal
from bench.parts import Bench
from bench.servers import MARKER, ONE_SECOND, TEN_SECONDS, Server
from stack import console, processes

COMPARED = 4
STREAMS = 200
_CONTEXT = 20


def compared(bench: Bench, ours: Server, mock: Server) -> list[Figure]:
    """Four answers to one question at once, against one alone: what is added to the mock's own
    first token. Each has a fourth of the process, so that may be four times as much."""
    person = bench.persons[0]
    alone: list[float] = []
    slowest: list[float] = []
    with console.step("Four answers at once"):
        own = turns.mock_alone(mock.port, _CONTEXT, ONE_SECOND, 3)
        conversations = inside.made(person, _CONTEXT, 2 * (bench.rounds + 1), bench.environment)
        question = inside.message_id(_CONTEXT - 2)
        while conversations:
            for at_once, found in ((1, alone), (COMPARED, slowest)):
                place = conversations.pop()
                asked = [
                    turns.answer_again(ours.port, person, place, question, ONE_SECOND)
                    for _ in range(at_once)
                ]
                got = client.ask_each(ours.port, asked, clients=at_once, marker=MARKER)
                found.append(1000 * max(sample.first for sample in got.samples) - own)
                processes.pause(0)
    return [
        Figure(
            f"{COMPARED} answers at once: slowest first token beyond the mock's, ms, against alone",
            median(slowest[1:]),
            median(alone[1:]),
            Goal("ratio", "most", COMPARED),
        )
    ]


def many(bench: Bench, mock: Server) -> list[Figure]:
    """Two hundred streams in a process of their own, which has a thread for each."""
    with console.step(f"{STREAMS} streams at once"), bench.functions(STREAMS) as ours:
        pid = ours.child.process.pid
        turns.in_new_chats(ours.port, bench.persons, 1, 3)
        before = memory.resident(pid)
        own = turns.mock_alone(mock.port, 0, TEN_SECONDS, 1)
        asked = [
            turns.asked(ours.port, person, uuid.uuid4().hex, new=True, model=TEN_SECONDS)
            for person in servers.in_turn(bench.persons, STREAMS)
        ]
        got = client.ask_each(ours.port, asked, clients=STREAMS, marker=MARKER)
        after = memory.resident(pid)
    first = 1000 * median(sample.first for sample in got.samples) - own
    return [
        Figure(f"{STREAMS} streams at once: first token p50 after the mock's own, ms", first),
        Figure(
            f"{STREAMS} streams at once: resident memory after, MB, against before", after, before
        ),
    ]
