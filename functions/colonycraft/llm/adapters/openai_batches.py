"""OpenAI's batches: a file of requests, and a file of answers.

https://platform.openai.com/docs/guides/batch
https://platform.openai.com/docs/api-reference/batch
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from colonycraft.errors import MalformedResponse
from colonycraft.llm.adapter import BatchAnswer, BatchRequest
from colonycraft.llm.port import FoundBatch
from colonycraft.llm.shapes import count_of, object_of, text_of

_ENDED = ("completed", "failed", "expired", "cancelled")
_EXPIRY: Any = {"anchor": "created_at", "seconds": 3 * 86_400}
"""Of files that nobody comes back for: OpenAI keeps them for 30 days else."""


class OpenAIBatches:
    def __init__(self, path: str) -> None:
        self._path = path

    def submit(self, client: Any, name: str, requests: Sequence[BatchRequest]) -> str:
        import openai

        lines = [
            {"custom_id": one.id, "method": "POST", "url": self._path, "body": one.body}
            for one in requests
        ]
        content = "\n".join(map(json.dumps, lines)).encode()
        file = client.files.create(
            file=(f"{name}.jsonl", content), purpose="batch", expires_after=_EXPIRY
        )
        try:
            batch = client.batches.create(
                input_file_id=file.id,
                endpoint=self._path,
                completion_window="24h",
                metadata={"name": name},
                output_expires_after=_EXPIRY,
            )
        except openai.APIStatusError as exc:
            if exc.status_code < 500:  # else it may have arrived, and needs its file
                with suppress(openai.APIError):
                    client.files.delete(file.id)
            raise
        return batch.id

    def has_ended(self, client: Any, id: str) -> bool:
        return client.batches.retrieve(id).status in _ENDED

    def answers(self, client: Any, id: str) -> Iterator[BatchAnswer]:
        batch = client.batches.retrieve(id)
        for file in filter(None, (batch.output_file_id, batch.error_file_id)):
            for line in client.files.content(file).content.splitlines():
                yield _answer(line)

    def find(self, client: Any, name: str, since: datetime, until: datetime) -> FoundBatch:
        for batch in client.batches.list(limit=100):  # the newest first
            if batch.created_at < since.timestamp():
                break
            if batch.created_at <= until.timestamp() and (batch.metadata or {}).get("name") == name:
                return FoundBatch(batch.id)
        return FoundBatch(None)

    def cancel(self, client: Any, id: str) -> None:
        client.batches.cancel(id)

    def remove(self, client: Any, id: str) -> None:
        import openai

        batch = client.batches.retrieve(id)
        for file in filter(None, (batch.input_file_id, batch.output_file_id, batch.error_file_id)):
            with suppress(openai.NotFoundError):
                client.files.delete(file)


def _answer(line: bytes) -> BatchAnswer:
    try:
        read = object_of(json.loads(line))
    except ValueError as exc:
        raise MalformedResponse(
            "provider-unclear", message="The provider's file of answers is not JSON."
        ) from exc
    response = object_of(read.get("response"))
    body = object_of(response.get("body")) or {"error": read.get("error")}
    return BatchAnswer(text_of(read.get("custom_id")), count_of(response.get("status_code")), body)


CHAT = OpenAIBatches("/v1/chat/completions")
RESPONSES = OpenAIBatches("/v1/responses")
