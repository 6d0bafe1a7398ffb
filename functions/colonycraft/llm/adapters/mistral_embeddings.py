"""Mistral's embeddings.

https://docs.mistral.ai/api/endpoint/embeddings
"""

from collections.abc import Iterator
from typing import Any

from colonycraft.llm.adapters.mistral_chat import MistralChat
from colonycraft.llm.answer import Answer, HttpResponse
from colonycraft.llm.embeddings import embedding_events, texts_of
from colonycraft.llm.port import Connection, Event, ModelRequest


class MistralEmbeddings(MistralChat):
    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        return {"model": request.model, "input": texts_of(request)}

    def send(self, client: Any, body: bytes, stream: bool) -> HttpResponse:
        return client.open("POST", "/v1/embeddings", "application/json", body)

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        return embedding_events(answer.object(), request)


ADAPTER = MistralEmbeddings()
