"""Starting what is measured: the mock, the functions, LiteLLM and Portkey."""

import json
import os
import secrets
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.installation import Installed
from bench.people import People, Person
from stack import processes
from stack.layout import CHECKOUT, FUNCTIONS, REGION, VENV
from stack.ports import HOST

OURS = "ColonyCraft"
MARKER = b"Leases"
"""The first bytes of the mock's answer."""
ANSWER = (
    "Leases are locks that end by themselves. Whoever holds one renews it while it works; when it "
    "dies, the lease runs out and somebody else may take the work over. A fence, a number that "
    "grows with each holder, keeps a process that only slept from writing after its time."
)
ANSWER_TOKENS = 120
"""The most that a completion may have; the answer is shorter."""
MODEL = "gpt-4o-mini"
UNKNOWN_MODEL = "bench-unknown"
"""A model that no catalogue knows: it is taken to have a small window."""
ONE_SECOND = "bench-one-second"
TEN_SECONDS = "bench-ten-seconds"
"""Models that answer as slowly."""
DELAYS = range(250, 410, 10)
"""Milliseconds after which the mock answers who asks for it: others for each of sixteen clients, so
that they do not come back together."""
_PIECE = len(MARKER)
"""Characters of the answer that those send at once: the marker must not be cut."""
QUESTION = "What is a lock that ends by itself, and why would anybody want one? Answer briefly."
PROVIDERS = {
    "openai": MODEL,
    "anthropic": "claude-haiku-4-5",
    "mistral": "mistral-small-latest",
    "ollama": "llama3",
}
"""A model of each."""
_LITELLM = {"openai": "/v1", "anthropic": "", "mistral": "/v1", "ollama_chat": ""}
"""Providers as LiteLLM names them, and where the mock answers for each."""


@dataclass(frozen=True)
class Server:
    """A process that answers completions.

    `posts` are requests by provider, `streamed_posts` those for a stream of OpenAI's: one a client.
    `delayed_posts` are OpenAI's that the mock answers after the `DELAYS`, in their order.
    """

    name: str
    port: int
    child: processes.Child
    posts: Mapping[str, tuple[bytes, ...]]
    streamed_posts: tuple[bytes, ...]
    delayed_posts: tuple[bytes, ...]


def post(
    port: int, path: str, body: object, headers: Mapping[str, str], *, streamed: bool = False
) -> bytes:
    """A request as it goes over the wire."""
    content = json.dumps(body).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        "Content-Type: application/json",
        f"Accept: {'text/event-stream' if streamed else 'application/json'}",
        f"Content-Length: {len(content)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@contextmanager
def mock(installed: Installed, port: int, folder: Path) -> Generator[Server]:
    """The upstream of all."""
    fixture = folder / "mock.json"
    response = {"content": ANSWER}
    pieces = -(-len(ANSWER) // _PIECE)
    slow = [
        {
            "match": {"model": model},
            "response": response,
            "chunkSize": _PIECE,
            "streamingProfile": {"ttft": 0, "tps": pieces / seconds},
        }
        for model, seconds in ((ONE_SECOND, 1), (TEN_SECONDS, 10))
    ]
    delayed = [
        {
            "match": {"userMessage": _delay_text(delay)},
            "response": response,
            "chaos": {"latencyMs": delay},
        }
        for delay in DELAYS
    ]
    fixtures = [*slow, *delayed, {"match": {}, "response": response}]
    fixture.write_text(json.dumps({"fixtures": fixtures}))
    command = [*installed.mock, "-p", str(port), "-f", fixture, "--log-level", "silent"]
    with _started("the mock", command, folder, {}, port, "/v1/models") as child:
        yield _compatible("the mock", port, child, {})


@contextmanager
def portkey(installed: Installed, port: int, upstream: int, folder: Path) -> Generator[Server]:
    """Portkey's gateway: no sign-in, no store."""
    command = [*installed.portkey, "--headless", f"--port={port}"]
    headers = {
        "Authorization": "Bearer mock",
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": f"http://{HOST}:{upstream}/v1",
    }
    with _started("Portkey", command, folder, {}, port, "/") as child:
        yield _compatible("Portkey", port, child, headers)


@contextmanager
def litellm(
    installed: Installed, port: int, upstream: int, folder: Path, budget: float | None = None
) -> Generator[Server]:
    """LiteLLM's proxy: one worker, a master key, no database. `budget`: the dollars a month that
    OpenAI may cost, which is the kind of budget that it counts in memory."""
    models = [
        {
            "model_name": model,
            "litellm_params": {
                "model": f"{provider}/{model}",
                "api_base": f"http://{HOST}:{upstream}{path}",
                "api_key": "mock",
            },
        }
        for model, (provider, path) in zip(PROVIDERS.values(), _LITELLM.items(), strict=True)
    ]
    limits = {"openai": {"budget_limit": budget, "time_period": "30d"}}
    router = {} if budget is None else {"router_settings": {"provider_budget_config": limits}}
    settings = folder / f"litellm-{port}.yaml"
    settings.write_text(json.dumps({"model_list": models, **router}))  # JSON is YAML
    key = f"sk-{secrets.token_hex(24)}"
    environment = {"LITELLM_MASTER_KEY": key, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    options = ["--config", str(settings), "--host", HOST, "--port", str(port)]
    command = [*installed.litellm, *options, "--num_workers", "1"]
    name = "LiteLLM" if budget is None else "LiteLLM under a budget"
    with _started(name, command, folder, environment, port, "/health/liveliness") as child:
        yield _compatible(name, port, child, {"Authorization": f"Bearer {key}"})


@contextmanager
def functions(
    port: int, environment: Mapping[str, str], folder: Path, persons: Sequence[Person], threads: int
) -> Generator[Server]:
    """This project's functions as they are deployed: one process, tokens verified by signature."""
    options = ["--worker-class", "gthread", "--workers", "1", "--timeout", "0"]
    bind = ["--no-control-socket", "--bind", f"{HOST}:{port}", "bench.served:app"]
    command = [VENV / "bin" / "gunicorn", *options, "--threads", str(threads), *bind]
    own = {**environment, "THREADS": str(threads)}
    with _started("the functions", command, folder, own, port, "/__/health") as child:
        yield Server(
            OURS,
            port,
            child,
            {
                provider: tuple(_ask(port, provider, one) for one in persons)
                for provider in PROVIDERS
            },
            tuple(_ask(port, "openai", one, streamed=True) for one in persons),
            tuple(
                _ask(port, "openai", one, delay=delay)
                for one, delay in zip(persons, DELAYS, strict=True)
            ),
        )


def environment_of_functions(upstream: int, folder: Path, people: People) -> dict[str, str]:
    """All providers are the mock."""
    address = f"http://{HOST}:{upstream}"
    return {
        "GCLOUD_PROJECT": os.environ["GCLOUD_PROJECT"],
        "FIRESTORE_EMULATOR_HOST": os.environ["FIRESTORE_EMULATOR_HOST"],
        "FIREBASE_CONFIG": json.dumps({"projectId": os.environ["GCLOUD_PROJECT"]}),
        "BENCH_CERTIFICATES": people.certificates,
        "GOOGLE_APPLICATION_CREDENTIALS": str(people.credentials(folder / "account.json")),
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUNBUFFERED": "1",
        "OPENAI_BASE_URL": f"{address}/v1",
        "OPENAI_API_KEY": "mock",
        "ANTHROPIC_BASE_URL": address,
        "ANTHROPIC_API_KEY": "mock",
        "MISTRAL_BASE_URL": address,
        "MISTRAL_API_KEY": "mock",
        "OLLAMA_HOST": address,
    }


def in_turn(persons: Sequence[Person], count: int) -> list[Person]:
    """So many, each as often as the others."""
    return [persons[number % len(persons)] for number in range(count)]


def ask_openai(port: int, person: Person) -> bytes:
    """A completion through the callable `openai`."""
    return _ask(port, "openai", person)


def _ask(
    port: int, provider: str, person: Person, *, streamed: bool = False, delay: int | None = None
) -> bytes:
    asked = messages(delay=delay)
    data = {"model": PROVIDERS[provider], "messages": asked, "max_tokens": ANSWER_TOKENS}
    return call(port, provider, data, person, streamed=streamed)


def call(
    port: int, function: str, data: object, person: Person, *, streamed: bool = False
) -> bytes:
    """A call of a function as a Firebase client sends it."""
    path = f"/{os.environ['GCLOUD_PROJECT']}/{REGION}/{function}"
    headers = {"Authorization": f"Bearer {person.token}"}
    return post(port, path, {"data": data}, headers, streamed=streamed)


def messages(context: int = 0, delay: int | None = None) -> list[dict[str, str]]:
    """The question, after so many messages of context; to be answered after so many ms."""
    pair = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": ANSWER}]
    last = pair[0] if delay is None else {"role": "user", "content": QUESTION + _delay_text(delay)}
    return [*(pair * (context // 2)), last]


def _delay_text(delay: int) -> str:
    return f" Take {delay} ms."


def _compatible(name: str, port: int, child: processes.Child, headers: Mapping[str, str]) -> Server:
    def ask(model: str, *, delay: int | None = None, **more: object) -> bytes:
        asked = messages(delay=delay)
        body = {"model": model, "messages": asked, "max_tokens": ANSWER_TOKENS, **more}
        return post(port, "/v1/chat/completions", body, headers, streamed="stream" in more)

    return Server(
        name,
        port,
        child,
        {provider: (ask(model),) for provider, model in PROVIDERS.items()},
        (ask(MODEL, stream=True, stream_options={"include_usage": True}),),
        tuple(ask(MODEL, delay=delay) for delay in DELAYS),
    )


@contextmanager
def _started(
    name: str,
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    port: int,
    ready: str,
) -> Generator[processes.Child]:
    kept = ("PATH", "HOME", "LANG", "TMPDIR", processes.MARK)
    child = processes.start(
        name,
        command,
        log=folder / f"{name.split()[-1].lower()}.log",
        environment={one: os.environ[one] for one in kept if one in os.environ} | dict(environment),
        folder=FUNCTIONS if name == "the functions" else folder,
    )
    with ExitStack() as cleanup:
        cleanup.callback(child.stop)
        processes.wait_until(lambda: _answers(child, port, ready), 120, name)
        yield child


def _answers(child: processes.Child, port: int, path: str) -> bool:
    if not child.alive:
        raise processes.StackError(f"{child.name} ended by itself:\n{child.output()}")
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
