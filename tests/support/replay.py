"""What the replay server was sent."""

import json
import urllib.request


def replay_log(replay: str) -> list[dict[str, object]]:
    with urllib.request.urlopen(f"{replay}/log") as answer:
        return json.load(answer)


def forget_log(replay: str) -> None:
    urllib.request.urlopen(urllib.request.Request(f"{replay}/log", method="DELETE")).close()
