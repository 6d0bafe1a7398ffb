"""What the real firebase-tools makes of this checkout: the facts that deploying stands on.

Its own modules are called, without the network. When firebase-tools is updated and one of these
fails, what it tests has to be looked at again.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from support.checkouts import PROJECT, ROOT, Checkout, make_checkout

SCRIPT = Path(__file__).with_name("discover.cjs")


def discover(checkout: Checkout, **environment: str) -> dict[str, Any]:
    shutil.rmtree(checkout.folder / "node_modules", ignore_errors=True)
    (checkout.folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    kept = {name: value for name, value in os.environ.items() if name != "PROVIDERS"}
    done = subprocess.run(
        ["node", SCRIPT, checkout.folder, PROJECT],
        env={**kept, "FUNCTIONS_DISCOVERY_TIMEOUT": "60", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def discovered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    checkout = make_checkout(tmp_path_factory.mktemp("discovered") / "checkout")
    checkout.set(PROVIDERS="openai,mistral")
    for name in (".secret.local", ".env.local"):
        checkout.write(f"functions/{name}", "OPENAI_API_KEY=sk-private\n")
    return discover(checkout, PROVIDERS="ollama")


def bound(discovered: Mapping[str, Any], function: str) -> list[str]:
    bindings = discovered["functions"][function]["secretEnvironmentVariables"]
    return [one["key"] for one in bindings]


def test_settings_files_are_there_at_discovery_and_win_over_the_shell(
    discovered: Mapping[str, Any],
) -> None:
    assert set(discovered["functions"]) == {
        "api",
        "chat",
        "worker",
        "sweep",
        "openai",
        "mistral",
    }


def test_a_proxy_is_bound_to_its_own_secret_alone(discovered: Mapping[str, Any]) -> None:
    assert bound(discovered, "openai") == ["OPENAI_API_KEY"]
    assert bound(discovered, "mistral") == ["MISTRAL_API_KEY"]
    assert bound(discovered, "chat") == ["OPENAI_API_KEY", "MISTRAL_API_KEY"]
    assert bound(discovered, "worker") == ["OPENAI_API_KEY", "MISTRAL_API_KEY"]
    assert bound(discovered, "api") == bound(discovered, "sweep") == []


def test_accounts_are_whole_addresses_wherever_firebase_tools_uses_them(
    discovered: Mapping[str, Any],
) -> None:
    domain = f"@{PROJECT}.iam.gserviceaccount.com"
    accounts = {name: one["serviceAccount"] for name, one in discovered["functions"].items()}
    assert accounts == {name: f"colonycraft-{name}{domain}" for name in accounts}
    assert discovered["secrets"]["OPENAI_API_KEY"] == [
        f"colonycraft-chat{domain}",
        f"colonycraft-openai{domain}",
        f"colonycraft-worker{domain}",
    ]
    assert discovered["scheduler"] == {"sweep": f"colonycraft-sweep{domain}"}


def test_a_whole_cpu_serves_many_requests_at_once(discovered: Mapping[str, Any]) -> None:
    for name, function in discovered["functions"].items():
        assert function["cpu"] == 1, name
    assert discovered["functions"]["chat"]["concurrency"] == 80


def test_the_worker_is_behind_a_queue(discovered: Mapping[str, Any]) -> None:
    """Deploying it makes the queue of its name; nobody but Cloud Tasks may call it."""
    trigger = discovered["functions"]["worker"]["taskQueueTrigger"]
    assert trigger["retryConfig"]["maxAttempts"] == 5
    assert "invoker" not in trigger
    assert "cloudtasks.googleapis.com" in discovered["apis"]


def test_nothing_private_or_useless_is_uploaded(discovered: Mapping[str, Any]) -> None:
    uploaded = discovered["uploaded"]
    assert "main.py" in uploaded
    assert "requirements.txt" in uploaded
    wrong = [
        name
        for name in uploaded
        if name.startswith((".", "venv")) or "test" in name or name.endswith((".pyc", "-dev.txt"))
    ]
    assert wrong == []


def test_firebase_json_is_valid(discovered: Mapping[str, Any]) -> None:
    assert discovered["invalid"] == []
