"""A process that spends: for each line of its input it makes calls at once, and says what became of
them. Run as a script."""

import json
import sys
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "functions"), str(ROOT / "tests")]

from colonycraft.calls import catalogue  # noqa: E402
from colonycraft.calls.models import ProxyRequest  # noqa: E402
from colonycraft.calls.proxies import proxy  # noqa: E402
from colonycraft.errors import ColonyCraftError  # noqa: E402
from colonycraft.llm.port import Connection  # noqa: E402
from colonycraft.platform.operations import Caller  # noqa: E402
from colonycraft.usage import spending, teller  # noqa: E402
from colonycraft.usage.budgets import read_budgets  # noqa: E402

CLOCK = SimpleNamespace(seconds=0.0)
"""By which this process remembers what is saved."""


def spend(order: dict[str, Any]) -> Counter[str]:
    """So many calls (`each`) for each of `uids`, all people at once; counts answers, and refusals by
    their kind. Without `budgets` what is saved holds, as this process remembers it `later`, after so
    many seconds."""
    if "budgets" in order:
        held = replace(spending.of_settings(), budgets=read_budgets(order["budgets"]))
        spending.policy = lambda: held
    CLOCK.seconds += order.get("later", 0.0)
    teller.LOST_BEFORE_TILL = order["lostBeforeTill"]
    ask = proxy("openai")
    request = ProxyRequest.model_validate(
        {"model": order["model"], "messages": [{"role": "user", "content": "hello"}]}
    )
    together = threading.Barrier(len(order["uids"]))
    outcomes: Counter[str] = Counter()
    guard = threading.Lock()

    def call(uid: str) -> None:
        together.wait()
        for _ in range(order.get("each", 1)):
            try:
                for _ in ask(Caller(uid=uid, org_id=uid), request):
                    pass
                outcome = f"answered {uid}"
            except ColonyCraftError as error:
                outcome = type(error).__name__
            with guard:
                outcomes[outcome] += 1

    threads = [threading.Thread(target=call, args=(uid,)) for uid in order["uids"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


if __name__ == "__main__":
    connection = Connection("openai", "openai_chat", "OpenAI", sys.argv[1], "test-key")
    spending.time = SimpleNamespace(monotonic=lambda: CLOCK.seconds)  # type: ignore[assignment]
    catalogue.connections = lambda: {"openai": connection}  # type: ignore[assignment]
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(spend(json.loads(line))), flush=True)
