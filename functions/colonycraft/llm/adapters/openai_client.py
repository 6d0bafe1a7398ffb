"""OpenAI's SDK: its client, its errors and its list of models, for both of its formats."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from colonycraft.errors import ColonyCraftError
from colonycraft.llm.answer import HttpResponse
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.library_errors import library_error, unmapped
from colonycraft.llm.port import Connection
from colonycraft.llm.shapes import objects_of
from colonycraft.llm.transport import HttpLibrary, Line

DEFAULT_URL = "https://api.openai.com/v1"
_REASONING = re.compile(r"(?:^|/)(?:o\d|gpt-(?:[5-9]|\d\d))(?!.*chat)")


def is_openai_itself(connection: Connection) -> bool:
    """True for OpenAI's own address, whose rules are known; anything else is compatible to some
    degree."""
    return connection.base_url is None or "//api.openai.com" in connection.base_url


def is_reasoning_model(name: str) -> bool:
    """OpenAI's models that take no sampling parameters and count reasoning as output."""
    return _REASONING.search(name) is not None


class OpenAIClient:
    """What the two adapters share. Bodies and answers pass the SDK as bytes."""

    library: HttpLibrary = "httpx2"
    default_url = DEFAULT_URL
    path: str

    def client(self, connection: Connection, line: Line) -> Any:
        import openai

        headers: dict[str, str] = {}
        query: dict[str, object] = {}
        key = connection.api_key or "none"  # the SDK insists; a local server does not look
        if ".azure.com" in (connection.base_url or ""):
            headers["api-key"] = key
        if version := connection.options.get("api_version"):
            query["api-version"] = version
        return openai.OpenAI(
            api_key=key,
            base_url=connection.base_url or DEFAULT_URL,
            max_retries=0,
            timeout=line.timeout,
            default_headers=headers,
            default_query=query,
            http_client=line.http_client(),
        )

    def send(self, client: Any, body: bytes, stream: bool) -> HttpResponse:
        import httpx2
        import openai

        # The SDK's way to call an endpoint and get the response itself: its own stream skips what
        # it cannot read and ends silently when the connection does.
        return client.post(
            self.path,
            cast_to=httpx2.Response,
            content=body,
            options={"headers": {"Accept": "text/event-stream" if stream else "application/json"}},
            stream=True,
            stream_cls=openai.Stream[Any],
        )

    def list_models(self, client: Any) -> list[dict[str, Any]]:
        import httpx2

        response = client.get("/models", cast_to=httpx2.Response)
        return objects_of(response.json().get("data"))

    @contextmanager
    def errors(self) -> Iterator[None]:
        import httpx2
        import openai

        try:
            yield
        except ColonyCraftError:
            raise
        except openai.APIStatusError as exc:
            fault = read_fault(exc.body, exc.response.status_code)
            raise error_for(fault, exc.response.headers) from exc
        except openai.APIConnectionError as exc:
            cause = exc.__cause__ or exc
            raise library_error(cause, httpx2) or unmapped(exc) from exc
        except Exception as exc:
            raise library_error(exc, httpx2) or unmapped(exc) from exc
