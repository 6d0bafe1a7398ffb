"""OpenAI's SDK: its client, its errors and its list of models, for both of its formats."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from colonycraft.errors import ColonyCraftError, MalformedResponse
from colonycraft.llm.answer import Answer, HttpResponse
from colonycraft.llm.catalogue import known_model
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.library_errors import client_error, library_error, unmapped
from colonycraft.llm.port import Connection, ListedModel
from colonycraft.llm.shapes import JsonObject, count_of, object_of, objects_of, text_of, word_of
from colonycraft.llm.transport import HttpLibrary, Line

DEFAULT_URL = "https://api.openai.com/v1"
_REASONING = re.compile(r"(?:^|/)(?:o\d|gpt-(?:[5-9]|\d\d))(?!.*chat)")
_NO_CHAT = re.compile(
    r"embed|whisper|tts|dall-e|image|moderation|transcribe|realtime|davinci|babbage|sora|rerank"
)


def is_openai_itself(connection: Connection) -> bool:
    """True for OpenAI's own address, whose rules are known; anything else is compatible to some
    degree."""
    return connection.base_url is None or "//api.openai.com" in connection.base_url


def is_reasoning_model(name: str) -> bool:
    """OpenAI's models that take no sampling parameters and count reasoning as output."""
    facts = known_model("openai_chat", name)
    if facts is not None:
        return facts.reasoning is True
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

    def list_models(self, client: Any) -> list[ListedModel]:
        import httpx2
        import openai

        response = client.get(
            "/models", cast_to=httpx2.Response, stream=True, stream_cls=openai.Stream[Any]
        )
        data = Answer(response, httpx2).object().get("data")
        return [_listed(model) for model in objects_of(data) if model.get("id")]

    @contextmanager
    def errors(self) -> Generator[None]:
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
        except openai.APIResponseValidationError as exc:
            raise MalformedResponse("provider-unclear") from exc
        except openai.APIError as exc:
            raise error_for(read_fault(exc.body)) from exc
        except openai.OpenAIError as exc:
            raise client_error() from exc
        except Exception as exc:
            raise library_error(exc, httpx2) or unmapped(exc) from exc


def _listed(model: JsonObject) -> ListedModel:
    """OpenAI itself gives names alone; vLLM, Groq and OpenRouter say how long a context may be."""
    limits = object_of(model.get("top_provider"))
    lengths = ("context_length", "context_window", "max_model_len", "max_context_length")
    found = [count_of(model.get(name)) for name in lengths]
    parameters = model.get("supported_parameters")
    modalities = object_of(model.get("architecture")).get("input_modalities")
    return ListedModel(
        name=text_of(model["id"]),
        title=word_of(model.get("name")),
        chat=False if _NO_CHAT.search(text_of(model["id"])) else None,
        tools="tools" in parameters if isinstance(parameters, list) else None,
        vision="image" in modalities if isinstance(modalities, list) else None,
        reasoning="reasoning" in parameters if isinstance(parameters, list) else None,
        context_window=next((length for length in found if length), None),
        output_limit=count_of(limits.get("max_completion_tokens"))
        or count_of(model.get("max_completion_tokens")),
    )
