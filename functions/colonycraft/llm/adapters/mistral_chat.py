"""Mistral's chat completions.

https://docs.mistral.ai/api/endpoint/chat
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from colonycraft.errors import ColonyCraftError
from colonycraft.llm.adapters.chat_stream import chat_events
from colonycraft.llm.adapters.mistral_request import request_body
from colonycraft.llm.answer import Answer, HttpResponse, StatusError, checked
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.library_errors import library_error, unmapped
from colonycraft.llm.port import Connection, Event, ListedModel, ModelRequest
from colonycraft.llm.shapes import count_of, object_of, objects_of, text_of, word_of
from colonycraft.llm.transport import HttpLibrary, Line


class MistralChat:
    library: HttpLibrary = "httpx2"
    default_url = "https://api.mistral.ai"

    def client(self, connection: Connection, line: Line) -> Any:
        # The SDK adds the version itself, and people give the address with it.
        url = (connection.base_url or self.default_url).rstrip("/").removesuffix("/v1")
        http = line.http_client()
        http.event_hooks = {"response": [_without_deprecation]}
        return _client_class()(
            api_key=connection.api_key or "none",
            server_url=url,
            client=http,
            async_client=_NoAsyncClient(),
        )

    def body(self, connection: Connection, request: ModelRequest, stream: bool) -> dict[str, Any]:
        return request_body(request, stream)

    def send(self, client: Any, body: bytes, stream: bool) -> HttpResponse:
        accept = "text/event-stream" if stream else "application/json"
        return client.open("POST", "/v1/chat/completions", accept, body)

    def events(self, answer: Answer, request: ModelRequest, stream: bool) -> Iterator[Event]:
        return chat_events(answer, request, stream)

    def list_models(self, client: Any) -> list[ListedModel]:
        import httpx2

        response = client.open("GET", "/v1/models", "application/json", None)
        data = Answer(response, httpx2).object().get("data")
        return [_listed(model) for model in objects_of(data) if model.get("id")]

    @contextmanager
    def errors(self) -> Generator[None]:
        import httpx2
        from mistralai.client.errors import MistralError, NoResponseError

        try:
            yield
        except ColonyCraftError:
            raise
        except StatusError as exc:
            raise error_for(read_fault(exc.body, exc.status), exc.headers) from exc
        except MistralError as exc:
            raise error_for(read_fault(exc.body, exc.status_code), exc.headers) from exc
        except NoResponseError as exc:
            raise library_error(httpx2.ReadError(""), httpx2) or unmapped(exc) from exc
        except Exception as exc:
            raise library_error(exc, httpx2) or unmapped(exc) from exc


def _without_deprecation(response: Any) -> None:
    """The SDK answers this header by reading the body as JSON, which no stream survives."""
    response.headers.pop("x-model-deprecation-timestamp", None)


class _NoAsyncClient:
    """The SDK makes an asynchronous client, with its own TLS context, unless it is given one."""

    async def send(self, request: Any, **options: Any) -> Any:
        raise NotImplementedError

    def build_request(self, *arguments: Any, **options: Any) -> Any:
        raise NotImplementedError

    async def aclose(self) -> None:
        pass


@cache
def _client_class() -> Any:
    import httpx2
    from mistralai.client import Mistral
    from mistralai.client._hooks import HookContext
    from mistralai.client.utils import SerializedRequestBody

    class LineClient(Mistral):
        """The SDK's client, giving out responses. Its own `complete` validates request and answer
        model by model: eight milliseconds of CPU, where this takes one."""

        def open(self, method: str, path: str, accept: str, content: bytes | None) -> HttpResponse:
            sdk: Any = self  # its own parameters have no types
            url: str = sdk._get_url(None, None)
            security = self.sdk_configuration.security
            serialized = (content and SerializedRequestBody("application/json", content)) or None
            request: httpx2.Request = sdk._build_request(
                method=method,
                path=path,
                base_url=url,
                url_variables=None,
                request=None,
                request_body_required=content is not None,
                request_has_path_params=False,
                request_has_query_params=False,
                user_agent_header="user-agent",
                accept_header_value=accept,
                security=security,
                get_serialized_body=lambda: serialized,
            )
            context = HookContext(
                config=self.sdk_configuration,
                base_url=url,
                operation_id="chat_completion_v1_chat_completions_post",
                oauth2_scopes=None,
                security_source=security,
                tags=["chat"],
                extensions=None,
            )
            response = self.do_request(
                hook_ctx=context,
                request=request,
                is_error_status_code=lambda status: False,
                stream=True,
            )
            return checked(response)

    return LineClient


def _listed(model: dict[str, Any]) -> ListedModel:
    capabilities = object_of(model.get("capabilities"))

    def can(name: str) -> bool | None:
        value = capabilities.get(name)
        return value if isinstance(value, bool) else None

    return ListedModel(
        name=text_of(model["id"]),
        title=word_of(model.get("name")),
        chat=can("completion_chat"),
        tools=can("function_calling"),
        vision=can("vision"),
        reasoning=can("reasoning"),
        context_window=count_of(model.get("max_context_length")),
    )


ADAPTER = MistralChat()
