"""What reaches a stack: no other stack's emulators, no paid provider in tests."""

import pytest

from stack import environment, ollama
from stack.ports import Ports

PORTS = Ports(20000)


def test_the_emulators_of_another_stack_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", "127.0.0.1:1")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/real/key.json")
    passed = environment.passed_on()
    assert "FIRESTORE_EMULATOR_HOST" not in passed
    assert "GOOGLE_APPLICATION_CREDENTIALS" not in passed
    assert "PATH" in passed


def test_keys_of_providers_are_kept_out_of_tests() -> None:
    given = {"OPENAI_API_KEY": "sk", "MISTRAL_API_KEY": "x", "PATH": "/bin"}
    assert environment.without_keys(given) == {"PATH": "/bin"}


def test_paid_providers_are_a_closed_port() -> None:
    closed = environment.closed_to_providers(
        {"OPENAI_BASE_URL": "https://api.openai.com/v1"}, PORTS
    )
    assert closed == {
        "OPENAI_BASE_URL": "http://127.0.0.1:20014/v1",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:20014",
        "MISTRAL_BASE_URL": "http://127.0.0.1:20014",
    }


@pytest.mark.parametrize("own", ["http://127.0.0.1:9/v1", "http://localhost:9", "http://[::1]:9"])
def test_a_server_of_the_tests_own_is_reached(own: str) -> None:
    assert (
        environment.closed_to_providers({"OPENAI_BASE_URL": own}, PORTS)["OPENAI_BASE_URL"] == own
    )


@pytest.mark.parametrize("other", ["http://127.0.0.1.evil.example", "https://example.com", ""])
def test_nothing_that_only_looks_local(other: str) -> None:
    assert not environment.is_local(other)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("localhost:1", "http://127.0.0.1:1"),
        ("box", "http://box:11434"),
        ("https://ollama.example/", "https://ollama.example"),
        ("http://box:80", "http://box:80"),
    ],
)
def test_ollama_host_as_people_write_it(host: str, address: str) -> None:
    assert ollama.address_of(host) == address
