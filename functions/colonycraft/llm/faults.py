"""From what a provider says went wrong to one error of the tree.

Vendors and servers that copy them differ in shape and wording more than in meaning, so that the
reading is shared; each vendor's context manager decides what is a fault and calls `error_for`.
Messages are ours: an upstream text may hold the prompt or a part of the key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from colonycraft.errors import (
    ContentFiltered,
    ContextOverflow,
    ModelNotFound,
    Overloaded,
    ProviderAuthentication,
    ProviderError,
    ProviderRejected,
    QuotaExhausted,
    RateLimited,
)
from colonycraft.llm.retry_after import retry_after

_SAFE_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,63}|[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What was said: `code` and `kind` are the vendor's short words, `text` is only matched."""

    status: int | None = None
    code: str | None = None
    kind: str | None = None
    text: str = ""

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word.lower() for word in (self.code, self.kind) if word)

    @property
    def safe_code(self) -> str | None:
        """The vendor's short code where it looks like one."""
        for word in (self.code, self.kind):
            if word and _SAFE_CODE.fullmatch(word):
                return word
        return str(self.status) if self.status else None


def read_fault(body: object, status: int | None = None) -> Fault:
    """Finds code, kind and text in any of the shapes in use.

    `{"error": {...}}`, `{"error": "text"}`, `{"message": ...}`, `{"detail": ...}`,
    `{"response": {"error": ...}}`, and a list around one of them.
    """
    if isinstance(body, list) and body:
        body = cast("list[object]", body)[0]
    if not isinstance(body, dict):
        return Fault(status=status, text=body[:2000] if isinstance(body, str) else "")
    outer = cast(dict[str, Any], body)
    inner: Any = outer.get("error")
    if not inner and isinstance(outer.get("response"), dict):
        inner = outer["response"].get("error")
    if isinstance(inner, str):
        return Fault(status, _word(outer.get("code")), _word(outer.get("type")), inner)
    fault = cast(dict[str, Any], inner) if isinstance(inner, dict) else outer
    text = fault.get("message") or fault.get("detail") or fault.get("msg") or ""
    metadata = fault.get("metadata")
    if isinstance(metadata, dict):
        text = f"{text} {cast(dict[str, Any], metadata).get('raw', '')}"
    code, kind = _word(fault.get("code")), _word(fault.get("type") or fault.get("status"))
    inner_error = fault.get("innererror")
    if code is None and isinstance(inner_error, dict):
        code = _word(cast(dict[str, Any], inner_error).get("code"))
    if status is None and code and code.isdecimal() and 400 <= int(code) <= 599:
        status = int(code)
    return Fault(status, code, kind, text if isinstance(text, str) else str(text))


def _word(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and value != "" else None


_OVERFLOW_WORDS = frozenset(
    ("context_length_exceeded", "request_too_large", "string_above_max_length", "context_overflow")
)
_OVERFLOW_TEXT = re.compile(
    r"prompt is too long|prompt too long|input is too long|input too long"
    r"|context[ _-]?(?:length|window|size|limit)|exceeds? (?:the )?(?:available )?context"
    r"|maximum (?:context|prompt|input|model) length|maximum number of tokens allowed"
    r"|too (?:large|long|many tokens) (?:for|to fit)|reduce (?:the length|your (?:message|prompt))"
    r"|input or output tokens must be reduced|exceeds the (?:maximum )?model length"
    r"|longer than the maximum|current length is \d+ while limit|request too large",
    re.IGNORECASE,
)
_FILTER_WORDS = frozenset(
    (
        "content_filter",
        "content_policy_violation",
        "responsibleaipolicyviolation",
        "moderation_blocked",
        "content_moderation",
        "safety",
        "cyber_policy",
        "data_inspection_failed",
    )
)
_FILTER_TEXT = re.compile(
    r"content (?:filter|management policy|polic)|flagged (?:as|by|for)|usage polic"
    r"|violat\w+ (?:our|the) .{0,30}polic|moderation|blocked by .{0,40}(?:policy|safety|filter)",
    re.IGNORECASE,
)
_QUOTA_WORDS = frozenset(
    (
        "insufficient_quota",
        "billing_hard_limit_reached",
        "billing_not_active",
        "billing_error",
        "credit_balance_too_low",
        "insufficient_balance",
        "insufficient_credits",
        "usage_limit_reached",
        "quota_exceeded",
        "payment_required",
        "access_terminated",
    )
)
_QUOTA_TEXT = re.compile(
    r"exceeded your current quota|credit balance is too low|insufficient (?:balance|credits?|quota)"
    r"|specified api usage limits|billing (?:hard )?limit|check your plan and billing"
    r"|monthly (?:usage|spend\w*) limit|spend\w* limit|not enough credits|requires more credits",
    re.IGNORECASE,
)
_MODEL_WORDS = frozenset(
    ("model_not_found", "invalid_model", "deploymentnotfound", "model_not_available")
)
_MODEL_TEXT = re.compile(
    r"model.{0,120}(?:not found|does not exist|not exist|not available|not a valid"
    r"|no longer available|has been (?:deprecated|removed|retired))"
    r"|(?:invalid|unknown|unsupported) model|no (?:such|endpoints found for) .{0,60}"
    r"|try pulling it|^model: ",
    re.IGNORECASE | re.DOTALL,
)
_KEY_WORDS = frozenset(
    (
        "invalid_api_key",
        "authentication_error",
        "permission_error",
        "invalid_authentication",
        "unauthorized",
        "unauthenticated",
        "permission_denied",
        "account_deactivated",
    )
)
_RATE_WORDS = frozenset(
    (
        "rate_limit_exceeded",
        "rate_limit_error",
        "rate_limited",
        "too_many_requests",
        "service_tier_capacity_exceeded",
        "resource_exhausted",
    )
)
_BUSY_WORDS = frozenset(
    (
        "overloaded_error",
        "overloaded",
        "api_error",
        "server_error",
        "internal_error",
        "internal_server_error",
        "internalservererror",
        "service_unavailable",
        "unavailable",
        "engine_overloaded",
        "timeout_error",
        "timeout",
        "bad_gateway",
        "vector_store_timeout",
    )
)
_REFUSING_WORD = re.compile(r"invalid|unsupported|image|not_found|bad_?request|too_|param")
_FEATURE_TEXT = re.compile(
    r"does not support (tools|thinking|images?|vision|audio|chat|completions?|generate|streaming)",
    re.IGNORECASE,
)
_MEMORY_TEXT = re.compile(r"requires more (?:system|gpu)?\s*memory", re.IGNORECASE)


def error_for(fault: Fault, headers: Mapping[str, str] | None = None) -> ProviderError:
    """The error that a fault is. The most telling sign decides: code, then text, then status."""
    headers = headers or {}
    status, words, text = fault.status, fault.words, fault.text
    told: dict[str, Any] = {"code": fault.safe_code, "http_status": status}
    if status is not None and 300 <= status < 400:
        return ProviderRejected(
            "provider-address",
            message="The provider's address redirects elsewhere; set the address it names.",
            **told,
        )
    if status == 402 or words & _QUOTA_WORDS or _says_quota(fault, headers):
        return QuotaExhausted("provider-quota", **told)
    if words & _OVERFLOW_WORDS or (_may_reject(status) and _OVERFLOW_TEXT.search(text)):
        return ContextOverflow("provider-context", **told)
    if words & _FILTER_WORDS:
        return ContentFiltered("provider-filter", **told)
    if words & _MODEL_WORDS:
        return ModelNotFound("provider-without-model", **told)
    if status in (401, 403) and _FILTER_TEXT.search(text):
        return ContentFiltered("provider-filter", **told)
    if status in (401, 403) or words & _KEY_WORDS:
        if status == 403:
            return ProviderAuthentication("provider-key-without-access", **told)
        return ProviderAuthentication("provider-key-refused", **told)
    if status == 429 or words & _RATE_WORDS:
        wait = retry_after(headers, text, limits=True)
        return RateLimited("provider-limit", retry_after=wait, **told)
    if _MEMORY_TEXT.search(text):
        return ProviderRejected("provider-without-memory", **told)
    if (status is None and words & _BUSY_WORDS) or _is_busy(status):
        wait = retry_after(headers, text, limits=False)
        return Overloaded("provider-busy", retry_after=wait, **told)
    return _rejection(fault, told)


def _says_quota(fault: Fault, headers: Mapping[str, str]) -> bool:
    """Gemini words a passing limit as a quota, but then says when to come back."""
    if not _may_reject(fault.status) or not _QUOTA_TEXT.search(fault.text):
        return False
    return fault.status != 429 or retry_after(headers, fault.text, limits=False) is None


def _may_reject(status: int | None) -> bool:
    """Texts are trusted where the status itself says that the request is at fault, or nothing."""
    return status is None or status in (400, 403, 404, 413, 422, 429, 500)


def _is_busy(status: int | None) -> bool:
    if status is None:
        return False
    return status in (408, 409, 425) or (status >= 500 and status not in (501, 505))


def _rejection(fault: Fault, told: dict[str, Any]) -> ProviderError:
    status, text = fault.status, fault.text
    if _FILTER_TEXT.search(text):
        return ContentFiltered("provider-filter", **told)
    if found := _FEATURE_TEXT.search(text):
        return ProviderRejected("provider-without-feature", feature=found[1].lower(), **told)
    if _MODEL_TEXT.search(text) or fault.kind == "not_found_error":
        return ModelNotFound("provider-without-model", **told)
    if status == 413:
        return ContextOverflow("provider-context", **told)
    if status in (404, 405):
        return ProviderRejected("provider-address", **told)
    if status is None and not any(_REFUSING_WORD.search(word) for word in fault.words):
        return Overloaded("provider-busy", **told)
    return ProviderRejected("provider-rejected", **told)
