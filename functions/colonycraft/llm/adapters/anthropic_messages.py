"""Anthropic's Messages.

https://platform.claude.com/docs/en/api/messages
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from colonycraft.errors import ColonyCraftError, MalformedResponse
from colonycraft.llm.adapters.anthropic_request import request_body
from colonycraft.llm.adapters.anthropic_stream import message_events
from colonycraft.llm.answer import Answer, HttpResponse
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.library_errors import client_error, library_error, unmapped
from colonycraft.llm.port import Connection, Event, ListedModel, ModelRequest
from colonycraft.llm.shapes import count_of, object_of, objects_of, text_of, word_of
from colonycraft.llm.transport import HttpLibrary, Line


class AnthropicMessages:
    library: HttpLibrary = "httpx2"
    default_url = "https://api.anthropic.com"

    def client(self, connection: Connection, line: Line) -> Any:
        import anthropic

        # The SDK adds the version itself, and people give the address with it.
        url = (connection.base_url or self.default_url).rstrip("/").removesuffix("/v1")
        return anthropic.Anthropic(
            api_key=connection.api_key or "none",
            base_url=url,
            max_retries=0,
            timeout=line.timeout,
            http_client=line.http_client(),
        )

    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        return request_body(request, stream)

    def send(self, client: Any, body: bytes, stream: bool) -> HttpResponse:
        import anthropic
        import httpx2

        # The SDK's way to call an endpoint and get the response itself: its own stream ends
        # silently when the connection does.
        return client.post(
            "/v1/messages",
            cast_to=httpx2.Response,
            content=body,
            options={"headers": {"Accept": "text/event-stream" if stream else "application/json"}},
            stream=True,
            stream_cls=anthropic.Stream[Any],
        )

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        return message_events(answer, stream)

    def list_models(self, client: Any) -> list[ListedModel]:
        import anthropic
        import httpx2

        response = client.get(
            "/v1/models?limit=1000",
            cast_to=httpx2.Response,
            stream=True,
            stream_cls=anthropic.Stream[Any],
        )
        data = Answer(response, httpx2).object().get("data")
        return [_listed(model) for model in objects_of(data) if model.get("id")]

    @contextmanager
    def errors(self) -> Generator[None]:
        import anthropic
        import httpx2

        try:
            yield
        except ColonyCraftError:
            raise
        except anthropic.APIStatusError as exc:
            fault = read_fault(exc.body, exc.response.status_code)
            raise error_for(fault, exc.response.headers) from exc
        except anthropic.APIConnectionError as exc:
            cause = exc.__cause__ or exc
            raise library_error(cause, httpx2) or unmapped(exc) from exc
        except anthropic.APIResponseValidationError as exc:
            raise MalformedResponse("provider-unclear") from exc
        except anthropic.APIError as exc:
            raise error_for(read_fault(exc.body)) from exc
        except anthropic.AnthropicError as exc:
            raise client_error() from exc
        except Exception as exc:
            raise library_error(exc, httpx2) or unmapped(exc) from exc


def _listed(model: dict[str, Any]) -> ListedModel:
    capabilities = object_of(model.get("capabilities"))

    def can(name: str) -> bool | None:
        supported = object_of(capabilities.get(name)).get("supported")
        return supported if isinstance(supported, bool) else None

    return ListedModel(
        name=text_of(model["id"]),
        title=word_of(model.get("display_name")),
        chat=True,
        vision=can("image_input"),
        reasoning=can("thinking"),
        context_window=count_of(model.get("max_input_tokens")),
        output_limit=count_of(model.get("max_tokens")),
    )


ADAPTER = AnthropicMessages()
