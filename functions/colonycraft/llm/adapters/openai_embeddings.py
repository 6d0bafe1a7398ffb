"""OpenAI's embeddings, and those of servers that are compatible to it.

https://platform.openai.com/docs/api-reference/embeddings
"""

from collections.abc import Iterator
from typing import Any

from colonycraft.llm.adapters.openai_client import OpenAIClient, is_openai_itself
from colonycraft.llm.answer import Answer
from colonycraft.llm.embeddings import embedding_events, texts_of
from colonycraft.llm.parts import without_none
from colonycraft.llm.port import Connection, Event, ModelRequest


class OpenAIEmbeddings(OpenAIClient):
    path = "/embeddings"

    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        return without_none(
            {
                "model": request.model,
                "input": texts_of(request),
                # A quarter of the bytes; not every compatible server has it.
                "encoding_format": "base64" if is_openai_itself(connection) else None,
            }
        )

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        return embedding_events(answer.object(), request)


ADAPTER = OpenAIEmbeddings()
