"""The errors of the HTTP libraries, which all SDKs share. Each vendor's translation uses it."""

import logging
from types import ModuleType

from colonycraft.errors import (
    ConnectionFailed,
    DeadlineExceeded,
    MalformedResponse,
    ProviderError,
    ProviderRejected,
)

_log = logging.getLogger("colonycraft.llm")


def library_error(exc: BaseException, http: ModuleType) -> ProviderError | None:
    """The error of the tree for an exception of httpx or httpx2 (`http`); None for any other."""
    if isinstance(exc, http.ConnectTimeout | http.PoolTimeout):
        return ConnectionFailed(
            "provider-unreachable",
            message="The provider did not accept a connection in time.",
            code="unreachable",
        )
    if isinstance(exc, http.TimeoutException):
        return DeadlineExceeded("provider-silent")
    if isinstance(exc, http.ConnectError | http.ProxyError):
        return ConnectionFailed("provider-unreachable", code="unreachable")
    if isinstance(exc, http.UnsupportedProtocol | http.InvalidURL | http.LocalProtocolError):
        return ProviderRejected(
            "provider-address",
            message="The provider's base address or key cannot be used in a request.",
        )
    if isinstance(exc, http.DecodingError | UnicodeDecodeError):
        return MalformedResponse(
            "provider-unclear", message="The provider's answer cannot be decoded."
        )
    if isinstance(exc, http.TooManyRedirects):
        return ProviderRejected(
            "provider-address", message="The provider's address redirects elsewhere."
        )
    if isinstance(exc, http.HTTPError | http.StreamError | http.CookieConflict):
        return ConnectionFailed("provider-broke")
    return None


def client_error() -> ProviderError:
    """For what an SDK raises before it sends anything, or about parts of it that are not used."""
    return ProviderRejected(
        "provider-address", message="The provider's client cannot be used with these settings."
    )


def unmapped(exc: Exception) -> ProviderError:
    """For what no translation knows: safe to show, and logged as the defect that it is.

    The tests fail on this log line.
    """
    _log.error("unmapped exception of a provider's SDK: %s", type(exc).__qualname__)
    return MalformedResponse("provider-unclear")
