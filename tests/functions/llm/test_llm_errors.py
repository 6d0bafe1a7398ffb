"""What providers say went wrong becomes one error that says what may be done, and nothing leaks."""

import importlib
import inspect
import json
from typing import Any
from unittest.mock import Mock

import pytest

from colonycraft import errors
from colonycraft.errors import (
    ConnectionFailed,
    ContentFiltered,
    ContextOverflow,
    DeadlineExceeded,
    MalformedResponse,
    ModelNotFound,
    Overloaded,
    ProviderAuthentication,
    ProviderError,
    ProviderRejected,
    QuotaExhausted,
    RateLimited,
)
from colonycraft.llm.faults import error_for, read_fault
from colonycraft.llm.registry import adapter_for, adapter_names
from colonycraft.llm.retry_after import retry_after
from support.answers import answered
from support.upstream import JSON, reply

NOW = 1_767_607_200.0  # 2026-01-05T10:00:00Z


def fault(status: int | None, message: str, **fields: Any) -> ProviderError:
    return error_for(read_fault({"error": {"message": message} | fields}, status))


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "This model's maximum context length is 8192 tokens. However, you requested 9000"),
        (400, "Your input exceeds the context window of this model. Please adjust your input"),
        (400, "prompt is too long: 208310 tokens > 200000 maximum"),
        (400, "input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000"),
        (400, "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768"),
        (400, "prompt too long; exceeded max context length by 1119046 tokens (ref: 96164522)"),
        (400, "the request exceeds the available context size. try increasing the context size"),
        (500, "input length exceeds the context length"),
        (400, "The input token count (1200000) exceeds the maximum number of tokens allowed"),
        (400, "Input is too long for requested model."),
        (400, "This endpoint's maximum context length is 131072 tokens"),
        (400, "The prompt (total length 9000) is too long to fit into the model (maximum 8192)"),
        (400, "This model's maximum prompt length is 131072 but the request contains 200000"),
        (400, "Please reduce the length of the messages or completion."),
        (400, "Current length is 9000 while limit is 8192"),
        (413, "Request Entity Too Large"),
        (413, "Request too large for model `x` on tokens per minute (TPM): Limit 6000"),
        (429, "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000. "
         "The input or output tokens must be reduced in order to run successfully."),
    ],
)  # fmt: skip
def test_context_overflow(status: int, message: str) -> None:
    error = fault(status, message)
    assert isinstance(error, ContextOverflow)
    assert not error.retryable


@pytest.mark.parametrize(
    ("status", "fields", "expected"),
    [
        (400, {"code": "context_length_exceeded"}, ContextOverflow),
        (413, {"type": "request_too_large"}, ContextOverflow),
        (401, {}, ProviderAuthentication),
        (401, {"code": "invalid_api_key"}, ProviderAuthentication),
        (403, {"type": "permission_error"}, ProviderAuthentication),
        (403, {"code": "model_not_found"}, ModelNotFound),
        (404, {"code": "model_not_found"}, ModelNotFound),
        (404, {"code": "DeploymentNotFound"}, ModelNotFound),
        (404, {"type": "not_found_error"}, ModelNotFound),
        (400, {"type": "invalid_model", "code": "1500"}, ModelNotFound),
        (404, {}, ProviderRejected),
        (405, {}, ProviderRejected),
        (402, {}, QuotaExhausted),
        (429, {"code": "insufficient_quota"}, QuotaExhausted),
        (429, {"type": "insufficient_quota", "code": None}, QuotaExhausted),
        (400, {"code": "billing_not_active"}, QuotaExhausted),
        (429, {}, RateLimited),
        (429, {"code": "rate_limit_exceeded", "type": "tokens"}, RateLimited),
        (400, {"code": "content_filter"}, ContentFiltered),
        (400, {"innererror": {"code": "ResponsibleAIPolicyViolation"}}, ContentFiltered),
        (400, {"type": "invalid_request_error"}, ProviderRejected),
        (422, {}, ProviderRejected),
        (408, {}, Overloaded),
        (409, {}, Overloaded),
        (500, {}, Overloaded),
        (502, {}, Overloaded),
        (503, {}, Overloaded),
        (504, {}, Overloaded),
        (520, {}, Overloaded),
        (529, {"type": "overloaded_error"}, Overloaded),
        (501, {}, ProviderRejected),
        (307, {}, ProviderRejected),
        (None, {}, Overloaded),
        (None, {"type": "BadRequestError", "code": 400}, ProviderRejected),
        (None, {"code": "503"}, Overloaded),
    ],
)
def test_by_status_and_code(
    status: int | None, fields: dict[str, Any], expected: type[ProviderError]
) -> None:
    error = fault(status, "it went wrong", **fields)
    assert type(error) is expected
    assert error.retryable is (expected in (RateLimited, Overloaded))


@pytest.mark.parametrize(
    ("status", "message", "expected"),
    [
        (400, "Your credit balance is too low to access the Anthropic API.", QuotaExhausted),
        (400, "You have reached your specified API usage limits. You will regain", QuotaExhausted),
        (429, "You exceeded your current quota, please check your plan", QuotaExhausted),
        (429, "You exceeded your current quota. Please retry in 12.4s.", RateLimited),
        (402, "Insufficient Balance", QuotaExhausted),
        (400, "Output blocked by content filtering policy", ContentFiltered),
        (400, "Your prompt was flagged as potentially violating our usage policy", ContentFiltered),
        (403, "The input was flagged by moderation", ContentFiltered),
        (404, "The model `gpt-9` does not exist or you do not have access to it.", ModelNotFound),
        (404, "model: claude-9", ModelNotFound),
        (400, "Invalid model: mistral-9", ModelNotFound),
        (404, "No endpoints found for nobody/nothing.", ModelNotFound),
        (400, "Unsupported parameter: 'temperature' is not supported with this model.", None),
        (404, "404 page not found", None),
        (429, "This request would exceed your organization's rate limit of 40,000", RateLimited),
        (500, "The model is overloaded. The context length is fine.", ContextOverflow),
    ],
)
def test_by_wording(status: int, message: str, expected: type[ProviderError] | None) -> None:
    assert type(fault(status, message)) is (expected or ProviderRejected)


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "x", "code": "rate_limit_exceeded"}},
        {"message": "x", "code": "rate_limit_exceeded"},
        {"object": "error", "message": {"detail": [{"msg": "x"}]}, "type": "rate_limit_error"},
        {"error": "x", "code": "rate_limit_exceeded"},
        [{"error": {"code": 429, "message": "x", "status": "RESOURCE_EXHAUSTED"}}],
        {"response": {"error": {"code": "rate_limit_exceeded", "message": "x"}}},
        {"type": "error", "code": "rate_limit_exceeded", "message": "x"},
        {"error": {"code": 429, "metadata": {"raw": "x", "provider_name": "y"}}},
    ],
)
def test_every_shape_is_read(body: Any) -> None:
    assert isinstance(error_for(read_fault(body)), RateLimited)


@pytest.mark.parametrize("body", [None, "", "text", [], {}, 5, [[]], {"error": None}, {"error": 5}])
def test_shapes_of_no_use(body: Any) -> None:
    assert isinstance(error_for(read_fault(body, 500)), Overloaded)
    assert isinstance(error_for(read_fault(body, 400)), ProviderRejected)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("rate_limit_exceeded", "rate_limit_exceeded"),
        ("3505", "3505"),
        ("sk-proj-AAAA/BBBB", "429"),
        ("a" * 200, "429"),
        ("the prompt was: hello", "429"),
        (None, "429"),
    ],
)
def test_codes_that_are_shown(code: str | None, shown: str) -> None:
    assert fault(429, "x", code=code).code == shown


# How long to wait


@pytest.mark.parametrize(
    ("headers", "text", "seconds"),
    [
        ({"retry-after": "7"}, "", 7),
        ({"retry-after": "0"}, "", 0),
        ({"retry-after": "1.5"}, "", 1.5),
        ({"retry-after": "3600"}, "", 3600),
        ({"retry-after": "86400000"}, "", 86_400_000),
        ({"retry-after": "30s"}, "", 30),
        ({"retry-after": "Mon, 05 Jan 2026 10:00:09 GMT"}, "", 9),
        ({"retry-after": "2026-01-05T10:00:09Z"}, "", 9),
        ({"retry-after": "Mon, 05 Jan 2026 09:00:00 GMT"}, "", None),
        ({"retry-after": "-1"}, "", None),
        ({"retry-after": "soon"}, "", None),
        ({"retry-after": "nan"}, "", None),
        ({"retry-after": "inf"}, "", None),
        ({"retry-after": ""}, "", None),
        ({"retry-after-ms": "1500"}, "", 1.5),
        ({"retry-after": "19", "retry-after-ms": "18642"}, "", 19),
        ({"retry-after": "junk", "retry-after-ms": "250"}, "", 0.25),
        ({}, "Please try again in 18.642s. Visit", 18.642),
        ({}, "Please try again in 120ms.", 0.12),
        ({}, "Please try again in 6m0s.", 360),
        ({}, "Please try again in 1h2m3s.", 3723),
        ({}, "Please retry in 12.4s.", 12.4),
        ({}, "Please retry after 59 seconds.", 59),
        ({}, "try again in 2 minutes", 120),
        ({}, "Please try again later.", None),
        ({"retry-after": "-1"}, "Please try again in 2s.", 2),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "18.642s"}, "", 18.642),
        ({"x-ratelimit-remaining-tokens": "9", "x-ratelimit-reset-tokens": "18.642s"}, "", None),
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "6m0s",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "1s",
            },
            "",
            360,
        ),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) + 60)}, "", 60),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{int(NOW) + 60}000"}, "", 60),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "45"}, "", 45),
        (
            {
                "anthropic-ratelimit-input-tokens-remaining": "0",
                "anthropic-ratelimit-input-tokens-reset": "2026-01-05T10:00:07Z",
            },
            "",
            7,
        ),
    ],
)
def test_retry_after(headers: dict[str, str], text: str, seconds: float | None) -> None:
    found = retry_after(headers, text, now=NOW)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_limits_count_for_rate_limits_alone() -> None:
    headers = {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s"}
    assert error_for(read_fault({}, 429), headers).retry_after == 9
    assert error_for(read_fault({}, 500), headers).retry_after is None
    assert error_for(read_fault({}, 503), {"retry-after": "4"}).retry_after == 4


# Through the SDKs


@pytest.mark.parametrize("adapter", adapter_names())
@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, ProviderAuthentication),
        (429, RateLimited),
        (500, Overloaded),
        (529, Overloaded),
        (422, ProviderRejected),
    ],
)
def test_statuses_through_every_sdk(
    adapter: str, stream: bool, status: int, expected: type[ProviderError]
) -> None:
    for body in ('{"error": {"message": "CANARY", "type": "x y"}}', "CANARY <html>", ""):
        answer = reply(body, JSON, status, {"Retry-After": "7"})
        error = answered(adapter, answer, stream=stream).error
        assert error is not None
        assert type(error) is expected
        assert error.http_status == status
        assert error.retry_after == (7 if error.retryable else None)
        assert error.__cause__ is not None
        assert "CANARY" not in f"{error}{error.code}{error.details}"


@pytest.mark.parametrize("adapter", adapter_names())
def test_a_length_that_was_promised_and_not_kept(adapter: str) -> None:
    short = f"HTTP/1.1 200 X\r\nContent-Type: {JSON}\r\nContent-Length: 500\r\n\r\n{{".encode()

    def send_and_leave(connection: Any) -> None:
        connection.sendall(short)

    error = answered(adapter, send_and_leave, stream=False).error
    assert isinstance(error, ConnectionFailed)


@pytest.mark.parametrize("adapter", adapter_names())
@pytest.mark.parametrize(
    "head",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
        b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 204 X\r\n\r\n",
        b"",
    ],
)
def test_servers_that_speak_something_else(adapter: str, head: bytes) -> None:
    def send_and_leave(connection: Any) -> None:
        connection.sendall(head)

    for stream in (True, False):
        error = answered(adapter, send_and_leave, stream=stream).error
        assert isinstance(error, ConnectionFailed | MalformedResponse)


def sdk_exceptions() -> list[Any]:
    """Every exception class that the SDKs and their HTTP libraries define."""
    sources = {
        "openai": ("openai_chat", "openai_responses"),
        "anthropic": ("anthropic_messages",),
        "mistralai.client.errors": ("mistral_chat",),
        "ollama": ("ollama_chat",),
        "httpx2": ("openai_chat", "anthropic_messages", "mistral_chat"),
        "httpx": ("ollama_chat",),
    }
    found: list[Any] = []
    for module_name, adapters in sources.items():
        module = importlib.import_module(module_name)
        for name in dir(module):
            kind = getattr(module, name)
            if (
                inspect.isclass(kind)
                and issubclass(kind, Exception)
                and kind.__module__.partition(".")[0] == module_name.partition(".")[0]
                and "Webhook" not in name  # raised by what checks webhooks, and by no call
            ):
                for adapter in adapters:
                    case = f"{adapter}-{module_name}.{name}"
                    found.append(pytest.param(adapter, kind, id=case))
    return found


LIBRARY = {"openai": "httpx2", "anthropic": "httpx2", "mistralai": "httpx2", "ollama": "httpx"}


@pytest.mark.parametrize(("adapter", "kind"), sdk_exceptions())
def test_every_exception_of_the_sdks_is_mapped(adapter: str, kind: Any) -> None:
    """One that is not fails by the fixture that watches the log."""
    package: str = kind.__module__.partition(".")[0]
    http: Any = importlib.import_module(LIBRARY.get(package, package))
    request = http.Request("POST", "http://127.0.0.1:9/v1")
    response = http.Response(500, request=request, json={"error": {"message": "CANARY"}})
    cause = http.ConnectError("CANARY")
    known = {
        "message": "CANARY",
        "request": request,
        "response": response,
        "raw_response": response,
        "body": {"error": {"message": "CANARY"}},
        "error": "CANARY",
        "data": Mock(message="CANARY"),
        "cause": ValueError("CANARY"),
        "status_code": 500,
    }
    wanted = inspect.signature(kind.__init__).parameters
    given = {name: known[name] for name in wanted if name in known}
    try:
        exception = kind(**given)
    except Exception:
        exception = kind.__new__(kind)
    if "APIConnectionError" in [each.__name__ for each in kind.__mro__]:
        exception.__cause__ = http.ConnectTimeout("CANARY") if "Timeout" in kind.__name__ else cause
    with pytest.raises(ProviderError) as caught, adapter_for(adapter).errors():
        raise exception
    assert "CANARY" not in caught.value.message
    assert caught.value.__cause__ is exception


@pytest.mark.parametrize("adapter", adapter_names())
def test_an_unmapped_exception_is_safe_and_logged(
    adapter: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(MalformedResponse) as caught, adapter_for(adapter).errors():
        raise RuntimeError("CANARY")
    assert "CANARY" not in caught.value.message
    assert "RuntimeError" in caplog.text and "CANARY" not in caplog.text.partition("Traceback")[0]
    caplog.clear()


@pytest.mark.parametrize("adapter", adapter_names())
def test_our_own_errors_pass_and_so_does_leaving(adapter: str) -> None:
    for error in (
        Overloaded("provider-busy"),
        errors.Unsupported("unsupported", feature="x"),
        DeadlineExceeded("provider-silent"),
    ):
        with pytest.raises(type(error)) as caught, adapter_for(adapter).errors():
            raise error
        assert caught.value is error
    with pytest.raises(GeneratorExit), adapter_for(adapter).errors():
        raise GeneratorExit


def test_details_of_validation_do_not_leak() -> None:
    body = {"detail": [{"loc": ["body", "messages"], "msg": "bad", "input": "CANARY-prompt"}]}
    error = answered("mistral_chat", reply(json.dumps(body), JSON, 422), stream=False).error
    assert error is not None
    assert "CANARY" not in f"{error.message}{error.code}"
