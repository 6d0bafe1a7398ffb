"""Ollama's embeddings.

https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings
"""

from collections.abc import Iterator
from typing import Any

from colonycraft.llm.adapters.ollama_chat import OllamaChat
from colonycraft.llm.answer import Answer, HttpResponse
from colonycraft.llm.embeddings import texts_of, vector_events
from colonycraft.llm.parts import without_none
from colonycraft.llm.port import Connection, Event, ModelRequest
from colonycraft.llm.shapes import list_of, word_of


class OllamaEmbeddings(OllamaChat):
    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        return without_none(
            {
                "model": request.model,
                "input": texts_of(request),
                # A text that is too long is refused and not cut, as elsewhere.
                "truncate": False,
                "keep_alive": connection.options.get("keep_alive"),
            }
        )

    def send(self, client: Any, body: bytes, stream: bool) -> HttpResponse:
        return client.open("POST", "/api/embed", body)

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        found = answer.object()
        return vector_events(
            request,
            list_of(found.get("embeddings")),
            found.get("prompt_eval_count"),
            word_of(found.get("model")),
        )


ADAPTER = OllamaEmbeddings()
