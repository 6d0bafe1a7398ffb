"""A provider of batches for tests, in a process of its own: OpenAI's, Anthropic's and Mistral's, by
the shapes that they document, and chat completions as `provider.py` has them.

https://platform.openai.com/docs/api-reference/batch
https://platform.claude.com/docs/en/api/messages/batches
https://docs.mistral.ai/api/endpoint/batch

What becomes of batches is told by `PUT /control`: `outcome` is "works", "succeeds", "fails",
"expires", "errors", "partly" (some requests are missing), "unreadable" (answers that are none) or
"garbled" (no file of answers); `usage` is input and output
tokens, null for none; `refuses` is a status that a new batch is answered with, `loses` says that its
reply is lost, `keeps` that nothing can be removed. `GET /state` tells what there is and was.
Run as a script it serves on a free port; imported, `start_batch_provider` runs it.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent))

from support.provider import LOCK, Handler, Provider

SUMMARY = "Leases end by themselves."
CONTROL: dict[str, Any] = {}
FILES: dict[str, list[Any]] = {}


@dataclass
class Held:
    """A batch that the server has. `billed` are its tokens, once it has answered."""

    id: str
    name: str
    lines: list[dict[str, Any]]
    created: float
    cancelled: bool = False
    removed: bool = False
    billed: list[int] = field(default_factory=list[int])
    files: list[str] = field(default_factory=list[str])

    @property
    def outcome(self) -> str:
        return "cancelled" if self.cancelled and not self.billed else CONTROL["outcome"]

    @property
    def has_ended(self) -> bool:
        return self.outcome != "works"


HELD: list[Held] = []


def forget() -> None:
    HELD.clear()
    FILES.clear()
    CONTROL.clear()
    CONTROL.update(outcome="works", usage=[1000, 50], refuses=None, loses=False, keeps=False)


@dataclass(frozen=True)
class BatchProvider(Provider):
    def control(self, **changes: Any) -> None:
        httpx.put(self._url("control"), json=changes, trust_env=False).raise_for_status()

    def state(self) -> dict[str, Any]:
        return httpx.get(self._url("state"), trust_env=False).json()

    def batches(self) -> list[dict[str, Any]]:
        return self.state()["batches"]

    def forget(self) -> None:
        httpx.delete(self._url("state"), trust_env=False).raise_for_status()

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


@contextmanager
def start_batch_provider() -> Iterator[BatchProvider]:
    process = subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield BatchProvider(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def hold(name: str, lines: list[dict[str, Any]], file: str | None = None) -> Held:
    held = Held(f"batch_{len(HELD)}", name, lines, time.time())
    if file is not None:
        held.files.append(file)
    HELD.append(held)
    return held


def bill(held: Held) -> None:
    if held.outcome == "succeeds" and not held.billed:
        held.billed = list(CONTROL["usage"] or [0, 0])


def openai_answers(held: Held) -> list[Any]:
    usage = CONTROL["usage"]
    answers: list[Any] = []
    for line in held.lines:
        body: dict[str, Any] = {
            "id": "c", "object": "chat.completion", "created": 1, "model": "m",
            "choices": [{"index": 0, "finish_reason": "stop",
                         "message": {"role": "assistant", "content": SUMMARY}}],
        }  # fmt: skip
        if "input" in line["body"]:
            body = {
                "id": "r", "object": "response", "status": "completed", "model": "m",
                "output": [{"type": "message", "id": "m", "role": "assistant",
                            "content": [{"type": "output_text", "text": SUMMARY}]}],
            }  # fmt: skip
        if usage is not None:
            kinds = ("input", "output") if "output" in body else ("prompt", "completion")
            body["usage"] = {
                f"{kind}_tokens": count for kind, count in zip(kinds, usage, strict=True)
            }
        if held.outcome == "unreadable":
            body = {"id": "c"}
        response: Any = {"status_code": 200, "request_id": "q", "body": body}
        error = None
        if held.outcome == "errors":
            problem = {"message": "no", "type": "invalid_request_error", "code": "invalid_value"}
            response = {"status_code": 400, "request_id": "q", "body": {"error": problem}}
        if held.outcome in ("expires", "cancelled"):
            response, error = None, {"code": "batch_expired", "message": "not run in time"}
        answers.append(
            {"id": "l", "custom_id": line["custom_id"], "response": response, "error": error}
        )
    return answers[1:] if held.outcome == "partly" else answers


def openai_batch(held: Held) -> dict[str, Any]:
    bill(held)
    status = {"works": "in_progress", "fails": "failed", "expires": "expired",
              "cancelled": "cancelled"}.get(held.outcome, "completed")  # fmt: skip
    batch: dict[str, Any] = {
        "id": held.id, "object": "batch", "endpoint": "/v1/chat/completions", "status": status,
        "completion_window": "24h", "input_file_id": held.files[0], "metadata": {"name": held.name},
        "created_at": int(held.created), "output_file_id": None, "error_file_id": None,
    }  # fmt: skip
    if held.has_ended and held.outcome != "fails":
        kind = "error" if held.outcome in ("errors", "expires", "cancelled") else "output"
        file = f"{kind}-{held.id}"
        if file not in held.files:
            held.files.append(file)
            FILES[file] = openai_answers(held)
        batch[f"{kind}_file_id"] = file
    return batch


def anthropic_batch(held: Held, address: str) -> dict[str, Any]:
    bill(held)
    at = datetime.fromtimestamp(held.created, UTC).isoformat()
    ended = held.has_ended
    return {
        "id": held.id, "type": "message_batch", "created_at": at, "expires_at": at,
        "processing_status": "ended" if ended else "in_progress",
        "request_counts": {"processing": 0, "succeeded": 1, "errored": 0, "canceled": 0, "expired": 0},
        "results_url": f"{address}/v1/messages/batches/{held.id}/results" if ended else None,
    }  # fmt: skip


def anthropic_results(held: Held) -> list[Any]:
    usage = CONTROL["usage"]
    message: dict[str, Any] = {
        "id": "m", "type": "message", "role": "assistant", "model": "m", "stop_sequence": None,
        "stop_reason": "end_turn", "content": [{"type": "text", "text": SUMMARY}],
    }  # fmt: skip
    if usage is not None:
        message["usage"] = {"input_tokens": usage[0], "output_tokens": usage[1]}
    if held.outcome == "unreadable":
        message = {"id": "m"}
    problem = {"type": "invalid_request_error", "message": "no"}
    result: dict[str, Any] = {
        "errors": {"type": "errored", "error": {"type": "error", "error": problem}},
        "fails": {"type": "errored", "error": {"type": "error", "error": problem}},
        "expires": {"type": "expired"},
        "cancelled": {"type": "canceled"},
    }.get(held.outcome, {"type": "succeeded", "message": message})
    lines = [{"custom_id": line["custom_id"], "result": result} for line in held.lines]
    return lines[1:] if held.outcome == "partly" else lines


def mistral_job(held: Held, *, inline: bool) -> dict[str, Any]:
    bill(held)
    status = {"works": "RUNNING", "fails": "FAILED", "expires": "TIMEOUT_EXCEEDED",
              "cancelled": "CANCELLED"}.get(held.outcome, "SUCCESS")  # fmt: skip
    job: dict[str, Any] = {
        "id": held.id, "object": "batch", "input_files": [], "endpoint": "/v1/chat/completions",
        "errors": [], "status": status, "created_at": int(held.created), "total_requests": 1,
        "completed_requests": 0, "succeeded_requests": 0, "failed_requests": 0,
        "metadata": {"name": held.name}, "model": "m",
    }  # fmt: skip
    if inline and held.has_ended and held.outcome != "fails":
        job["outputs"] = openai_answers(held)
    return job


class BatchHandler(Handler, BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        with LOCK:
            CONTROL.update(self._json())
        self._answer(200, {})

    def do_GET(self) -> None:
        if self._path in ("/log", "/v1/models"):
            super().do_GET()
        else:
            with LOCK:
                self._get()

    def do_DELETE(self) -> None:
        with LOCK:
            self._delete()

    def do_POST(self) -> None:
        if self._path.startswith(("/v1/files", "/v1/batch", "/v1/messages/batches")):
            with LOCK:
                self._post()
        else:
            super().do_POST()

    def _get(self) -> None:
        path = self._path
        if path == "/state":
            self._answer(200, {"batches": [asdict(one) for one in HELD], "files": list(FILES)})
        elif path == "/v1/batches":
            found = [openai_batch(one) for one in reversed(HELD)]
            self._answer(200, {"object": "list", "data": found, "has_more": False})
        elif path == "/v1/messages/batches":
            found = [anthropic_batch(one, self._address) for one in reversed(HELD)]
            self._answer(200, {"data": found, "has_more": False, "first_id": None, "last_id": None})
        elif path == "/v1/batch/jobs":
            asked = parse_qs(urlsplit(self.path).query)
            since = datetime.fromisoformat(asked["created_after"][0]).timestamp()
            held = [one for one in reversed(HELD) if one.created > since and asked["page"] == ["0"]]
            found = [mistral_job(one, inline=False) for one in held]
            self._answer(200, {"object": "list", "data": found, "total": len(HELD)})
        elif match := re.fullmatch(r"/v1/files/(.+)/content", path):
            if match[1] in FILES:
                self._lines(FILES[match[1]])
            else:
                self._missing()
        elif (held := self._held()) is None:
            self._missing()
        elif path.endswith("/results"):
            self._lines(anthropic_results(held))
        else:
            self._answer(200, self._shown(held))

    def _post(self) -> None:
        if self._path.endswith("/cancel"):
            held = self._held()
            if held is None:
                self._missing()
                return
            self._body()
            held.cancelled = True
            self._answer(200, self._shown(held))
        elif self._path == "/v1/files":
            file = f"file-{len(FILES)}-{time.time_ns()}"
            FILES[file] = [json.loads(one) for one in re.findall(rb'{"custom_id".*', self._body())]
            self._answer(200, {"id": file, "object": "file", "bytes": 1, "created_at": 1,
                               "filename": "f", "purpose": "batch", "status": "processed"})  # fmt: skip
        else:
            self._make(self._json())

    def _make(self, body: dict[str, Any]) -> None:
        if CONTROL["refuses"] is not None:
            self._answer(
                CONTROL["refuses"], {"error": {"message": "no", "type": "x", "code": "no"}}
            )
            return
        match self._path:
            case "/v1/batches":
                file = body["input_file_id"]
                held = hold(body["metadata"]["name"], FILES[file], file)
            case "/v1/batch/jobs":
                held = hold(body["metadata"]["name"], body["requests"])
            case _:
                lines = [{"custom_id": one["custom_id"], "body": one["params"]}
                         for one in body["requests"]]  # fmt: skip
                held = hold("", lines)
        if CONTROL["loses"]:
            self.close_connection = True
            return
        self._answer(200, self._shown(held))

    def _delete(self) -> None:
        if self._path == "/state":
            forget()
            self._answer(200, {})
            return
        file = self._path.removeprefix("/v1/files/")
        held = self._held()
        if CONTROL["keeps"]:
            self._answer(503, {"error": {"message": "later", "type": "server_error", "code": None}})
        elif file in FILES:
            del FILES[file]
            self._answer(200, {"id": file, "object": "file", "deleted": True})
        elif held is None or held.removed:
            self._missing()
        else:
            held.removed = True
            self._answer(200, {"id": held.id, "type": "message_batch_deleted",
                               "object": "batch", "deleted": True})  # fmt: skip

    def _shown(self, held: Held) -> dict[str, Any]:
        if self._path.startswith("/v1/batches"):
            return openai_batch(held)
        if self._path.startswith("/v1/messages"):
            return anthropic_batch(held, self._address)
        return mistral_job(held, inline="inline=true" in self.path)

    def _held(self) -> Held | None:
        found = re.search(r"batch_\d+", self._path)
        known = (one for one in HELD if found and one.id == found[0] and not one.removed)
        return next(known, None)

    def _missing(self) -> None:
        problem = {"message": "not found", "type": "not_found_error", "code": None}
        self._answer(404, {"type": "error", "error": problem})

    def _lines(self, lines: list[Any]) -> None:
        data = "\n".join(json.dumps(one) for one in lines).encode()
        if CONTROL["outcome"] == "garbled":
            data = b"<html>"
        self.send_response(200)
        self.send_header("Content-Type", "application/x-jsonl")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    @property
    def _path(self) -> str:
        return self.path.partition("?")[0]

    @property
    def _address(self) -> str:
        return f"http://{self.headers['Host']}"

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _json(self) -> dict[str, Any]:
        return json.loads(self._body())


if __name__ == "__main__":
    forget()
    server = ThreadingHTTPServer(("127.0.0.1", 0), BatchHandler)
    print(server.server_port, flush=True)
    server.serve_forever()
