"""Mistral's batch jobs, with requests and answers in the job itself, without files.

https://docs.mistral.ai/capabilities/batch
https://docs.mistral.ai/api/endpoint/batch
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from colonycraft.llm.adapter import BatchAnswer, BatchRequest
from colonycraft.llm.port import FoundBatch
from colonycraft.llm.shapes import count_of, object_of, objects_of, text_of

_ENDED = ("SUCCESS", "FAILED", "TIMEOUT_EXCEEDED", "CANCELLED")


class MistralBatches:
    def submit(self, client: Any, name: str, requests: Sequence[BatchRequest]) -> str:
        # The model is the job's, not its requests'.
        bodies = ({k: v for k, v in one.body.items() if k != "model"} for one in requests)
        lines = [
            {"custom_id": one.id, "body": body} for one, body in zip(requests, bodies, strict=True)
        ]
        job = client.batch.jobs.create(
            endpoint="/v1/chat/completions",
            model=requests[0].body["model"],
            requests=lines,
            metadata={"name": name},
            timeout_hours=24,
        )
        return job.id

    def has_ended(self, client: Any, id: str) -> bool:
        return client.batch.jobs.get(job_id=id).status in _ENDED

    def answers(self, client: Any, id: str) -> Iterator[BatchAnswer]:
        job = client.batch.jobs.get(job_id=id, inline=True)
        for line in objects_of(job.outputs):
            response = object_of(line.get("response"))
            body = object_of(response.get("body")) or {"error": line.get("error")}
            status = count_of(response.get("status_code"))
            yield BatchAnswer(text_of(line.get("custom_id")), status, body)

    def find(self, client: Any, name: str, since: datetime, until: datetime) -> FoundBatch:
        page, jobs = 0, True
        while jobs:
            jobs = client.batch.jobs.list(page=page, page_size=100, created_after=since).data
            for job in jobs or ():
                if job.created_at <= until.timestamp() and (job.metadata or {}).get("name") == name:
                    return FoundBatch(job.id)
            page += 1
        return FoundBatch(None)

    def cancel(self, client: Any, id: str) -> None:
        client.batch.jobs.cancel(job_id=id)

    def remove(self, client: Any, id: str) -> None:
        from mistralai.client.errors import MistralError

        try:
            client.batch.jobs.delete(job_id=id)
        except MistralError as error:
            if error.status_code != 404:
                raise


BATCHES = MistralBatches()
