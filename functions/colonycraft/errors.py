"""The tree of errors. Each maps to one callable status; nothing else leaves the house.

    ColonyCraftError
    ├── Unauthenticated         UNAUTHENTICATED      no token, or one that does not verify
    ├── PermissionDenied        PERMISSION_DENIED    known, but not allowed
    ├── InvalidArgument         INVALID_ARGUMENT     the request is wrong; names each wrong field
    │   └── Unsupported         INVALID_ARGUMENT     the model cannot do what was asked
    ├── NotFound                NOT_FOUND            absent, or somebody else's
    ├── FailedPrecondition      FAILED_PRECONDITION  right request, wrong moment
    │   ├── RunActive           FAILED_PRECONDITION  an answer is still being written on this branch
    │   ├── ChangedMeanwhile    FAILED_PRECONDITION  it is not what was read any more
    │   └── RequestIdReused     FAILED_PRECONDITION  the same request id with another body
    ├── NotConfigured           FAILED_PRECONDITION  no key or address for that connection
    ├── BudgetUsedUp            RESOURCE_EXHAUSTED   not enough is left of a budget of ours
    ├── Contended               ABORTED              guarded writes kept losing
    ├── Unavailable             UNAVAILABLE          a part of ours is away
    ├── Internal                INTERNAL             a defect of ours
    └── ProviderError                                what a provider did; may carry retry_after
        ├── ProviderAuthentication  FAILED_PRECONDITION  key refused
        ├── ProviderRejected        INVALID_ARGUMENT     it will not take this request
        │   ├── ModelNotFound       NOT_FOUND
        │   ├── ContextOverflow     INVALID_ARGUMENT     longer than the model's window
        │   └── ContentFiltered     INVALID_ARGUMENT     refused by the provider's policy
        ├── QuotaExhausted          RESOURCE_EXHAUSTED   no money or quota left there: no retry
        ├── RateLimited             RESOURCE_EXHAUSTED   retry after a while
        ├── Overloaded              UNAVAILABLE          5xx, 529: retry
        ├── ConnectionFailed        UNAVAILABLE          unreachable, reset, cut
        ├── DeadlineExceeded        DEADLINE_EXCEEDED    first token, idle or total deadline passed
        └── MalformedResponse       INTERNAL             what came is not the provider's format

An error carries what a person may read (`message`), never a prompt, a key or an upstream body;
the cause is chained for the log.
"""

from typing import Any, ClassVar


class ColonyCraftError(Exception):
    """Base of all errors that may reach a caller."""

    status: ClassVar[str] = "INTERNAL"
    message: str
    details: dict[str, Any] | None

    def __init__(self, message: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Unauthenticated(ColonyCraftError):
    status = "UNAUTHENTICATED"


class PermissionDenied(ColonyCraftError):
    status = "PERMISSION_DENIED"


class InvalidArgument(ColonyCraftError):
    """`details["fields"]` is a list of {field, problem}, one for each wrong field."""

    status = "INVALID_ARGUMENT"


class Unsupported(InvalidArgument):
    """The model or the connection cannot do what was asked; `details["feature"]` names it."""


class NotFound(ColonyCraftError):
    status = "NOT_FOUND"


class FailedPrecondition(ColonyCraftError):
    status = "FAILED_PRECONDITION"


class RunActive(FailedPrecondition):
    """`details["runId"]` is the run that is still writing."""


class ChangedMeanwhile(FailedPrecondition):
    """Somebody else was quicker. `details["version"]` is the one that is there now."""


class RequestIdReused(FailedPrecondition):
    """A request id names one request for good."""


class NotConfigured(ColonyCraftError):
    status = "FAILED_PRECONDITION"


class BudgetUsedUp(ColonyCraftError):
    """Refused before a model was asked. `details`: budget, unit, limit, left, renewsAt."""

    status = "RESOURCE_EXHAUSTED"


class Contended(ColonyCraftError):
    status = "ABORTED"


class Unavailable(ColonyCraftError):
    status = "UNAVAILABLE"


class Internal(ColonyCraftError):
    status = "INTERNAL"


class ProviderError(ColonyCraftError):
    """What a provider answered.

    `retryable`: the same request may succeed later. `retry_after`: seconds the provider asked to
    wait, None when it did not say. `code`: the provider's own short code, for the receipt.
    """

    status = "UNAVAILABLE"
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        code: str | None = None,
        http_status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.code = code
        self.http_status = http_status


class ProviderAuthentication(ProviderError):
    status = "FAILED_PRECONDITION"


class ProviderRejected(ProviderError):
    status = "INVALID_ARGUMENT"


class ModelNotFound(ProviderRejected):
    status = "NOT_FOUND"


class ContextOverflow(ProviderRejected):
    pass


class ContentFiltered(ProviderRejected):
    pass


class QuotaExhausted(ProviderError):
    status = "RESOURCE_EXHAUSTED"


class RateLimited(ProviderError):
    status = "RESOURCE_EXHAUSTED"
    retryable = True


class Overloaded(ProviderError):
    retryable = True


class ConnectionFailed(ProviderError):
    retryable = True


class DeadlineExceeded(ProviderError):
    status = "DEADLINE_EXCEEDED"
    retryable = True


class MalformedResponse(ProviderError):
    status = "INTERNAL"
