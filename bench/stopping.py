"""Stop: how long after it was pressed the answer has ended, for whoever reads it."""

import re
import socket
import threading
import time
import uuid
from statistics import median

from bench import servers, turns
from bench.figures import Figure, Goal
from bench.parts import Bench
from bench.people import Person
from bench.servers import MARKER, TEN_SECONDS, Server
from stack import console, processes

_RUN = re.compile(rb'"runId":\s*"([^"]+)"')


def stop(bench: Bench, ours: Server) -> list[Figure]:
    """Pressed in the process that writes the answer, and in another one."""
    person = bench.persons[0]
    with console.step("Stop"), bench.functions(beside=True) as other:
        here = [_stopped(ours.port, ours.port, person) for _ in range(2 * bench.rounds)]
        there = [_stopped(ours.port, other.port, person) for _ in range(2 * bench.rounds)]
    figures: list[Figure] = []
    for where, times, limit in (("its process", here, 200), ("another", there, 1000)):
        figures += [
            Figure(f"stop from {where}: answer ended after, ms, median", median(times)),
            Figure(f"  slowest of {len(times)}", max(times), None, Goal("ours", "most", limit)),
        ]
    return figures


def _stopped(port: int, pressed_at: int, person: Person) -> float:
    """Milliseconds from the press to the end of the stream, in the middle of an answer."""
    asked = turns.asked(port, person, uuid.uuid4().hex, new=True, model=TEN_SECONDS)
    pressed = 0.0
    with socket.create_connection(("127.0.0.1", port)) as stream:
        stream.sendall(asked)
        received = bytearray()
        while True:
            piece = stream.recv(65536)
            received += piece
            if not pressed and MARKER in received:
                run = _RUN.search(received)
                assert run is not None
                pressed = time.perf_counter()
                request = servers.call(
                    pressed_at, "api/runs.stop", {"runId": run[1].decode()}, person
                )
                threading.Thread(target=_send, args=(pressed_at, request)).start()
            if not piece or b"run-finished" in received:
                processes.pause(0)
                return 1000 * (time.perf_counter() - pressed)


def _send(port: int, request: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        connection.recv(65536)
