"""Completions under load: how long one takes, and how many a second."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import client
from bench.servers import DELAYS, MARKER, Server

_RESULT = re.compile(r"^BENCH (\S+) (\S+) (\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Round:
    """Milliseconds, and completions a second. `first` is the first bytes of a stream's text; for
    what is not streamed it is the p50."""

    p50: float
    rate: float
    first: float


def whole(server: Server, clients: int, seconds: float, wrk: str | None, folder: Path) -> Round:
    """A round of completions that are not streamed. Raises client.Failed when one fails."""
    posts = server.posts["openai"]
    if wrk is None:
        return _by_client(server, posts, clients, seconds)
    requests = folder / "requests"
    requests.write_bytes(b"".join(b"%d\n%b" % (len(one), one) for one in posts))
    script = Path(__file__).with_name("raw.lua")
    command = [wrk, "-t1", f"-c{clients}", f"-d{seconds:.0f}s", "-s", str(script)]
    answer = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}/", "--", str(requests)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = _RESULT.search(answer.stdout)
    if found is None or found[3] != "0":
        raise client.Failed(f"{server.name}: {answer.stdout}{answer.stderr}")
    p50 = float(found[1]) / 1000
    return Round(p50, float(found[2]), p50)


def streamed(server: Server, clients: int, seconds: float) -> Round:
    """A round of streamed completions."""
    return _by_client(server, server.streamed_posts, clients, seconds)


def delayed(server: Server, clients: int, seconds: float) -> float:
    """Milliseconds, p50, that calls take beyond the delays after which the mock answers them."""
    answered = client.ask(
        server.port,
        lambda number: server.delayed_posts[number],
        clients=clients,
        marker=MARKER,
        seconds=seconds,
    )
    return median(1000 * one.total - DELAYS[one.client] for one in answered.samples)


def _by_client(server: Server, requests: tuple[bytes, ...], clients: int, seconds: float) -> Round:
    answered = client.ask(
        server.port,
        lambda number: requests[number % len(requests)],
        clients=clients,
        marker=MARKER,
        seconds=seconds,
    )
    return Round(
        1000 * median(sample.total for sample in answered.samples),
        answered.rate,
        1000 * median(sample.first for sample in answered.samples),
    )
