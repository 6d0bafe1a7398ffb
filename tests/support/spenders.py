"""Processes that spend: each is `spender.py`."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.provider import Provider

_SCRIPT = Path(__file__).parent / "spender.py"


class Spenders:
    """Each makes the calls of an order; together they say what became of them."""

    def __init__(self, provider: Provider, count: int, environment: dict[str, str]) -> None:
        self.processes = [
            subprocess.Popen(
                [sys.executable, str(_SCRIPT), provider.base_url],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, **environment},
            )
            for _ in range(count)
        ]

    @property
    def are_alive(self) -> bool:
        return all(process.poll() is None for process in self.processes)

    def spend(self, order: dict[str, Any]) -> Counter[str]:
        self.begin(order)
        return self.end()

    def begin(self, order: dict[str, Any]) -> None:
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()

    def end(self) -> Counter[str]:
        said = (Counter(json.loads(_line(process))) for process in self.processes)
        return sum(said, Counter[str]())


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    while (said := process.stdout.readline()).startswith('{"severity"'):
        pass
    return said


@contextmanager
def spenders(provider: Provider, count: int, **environment: str) -> Iterator[Spenders]:
    running = Spenders(provider, count, {"UNKNOWN_PRICE": "0.01", **environment})
    try:
        for process in running.processes:
            assert _line(process) == "ready\n"
        yield running
    finally:
        for process in running.processes:
            process.kill()
            process.communicate()
