"""Anthropic's Message Batches.

https://platform.claude.com/docs/en/build-with-claude/batch-processing
https://platform.claude.com/docs/en/api/messages/batches
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from colonycraft.llm.adapter import BatchAnswer, BatchRequest
from colonycraft.llm.port import FoundBatch
from colonycraft.llm.shapes import JsonObject, object_of, text_of


class AnthropicBatches:
    def submit(self, client: Any, name: str, requests: Sequence[BatchRequest]) -> str:
        lines = [{"custom_id": one.id, "params": one.body} for one in requests]
        return client.messages.batches.create(requests=lines).id

    def has_ended(self, client: Any, id: str) -> bool:
        return client.messages.batches.retrieve(id).processing_status == "ended"

    def answers(self, client: Any, id: str) -> Iterator[BatchAnswer]:
        for one in _results(client, id):
            result = object_of(one.get("result"))
            match result.get("type"):
                case "succeeded":
                    message = object_of(result.get("message"))
                    yield BatchAnswer(text_of(one.get("custom_id")), 200, message)
                case "errored":
                    error = object_of(result.get("error"))
                    yield BatchAnswer(text_of(one.get("custom_id")), None, error)
                case _:
                    pass  # canceled, expired: nobody was asked

    def find(self, client: Any, name: str, since: datetime, until: datetime) -> FoundBatch:
        """A batch tells its name by the ids of its requests alone, and these when it has ended."""
        sure = True
        for batch in client.messages.batches.list(limit=100):  # the newest first
            if batch.created_at < since:
                break
            if batch.created_at > until:
                continue
            if batch.processing_status != "ended":
                sure = False
            elif any(
                text_of(one.get("custom_id")).startswith(f"{name}-")
                for one in _results(client, batch.id)
            ):
                return FoundBatch(batch.id)
        return FoundBatch(None, sure)

    def cancel(self, client: Any, id: str) -> None:
        client.messages.batches.cancel(id)

    def remove(self, client: Any, id: str) -> None:
        import anthropic

        with suppress(anthropic.NotFoundError):
            client.messages.batches.delete(id)


def _results(client: Any, id: str) -> Iterator[JsonObject]:
    return (one.to_dict() for one in client.messages.batches.results(id))


BATCHES = AnthropicBatches()
