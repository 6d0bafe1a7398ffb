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

An error carries one of the reasons of `reasons.py` with its parameters, and what a person may read
of it, never a prompt, a key or an upstream body; the cause is chained for the log.
"""

from typing import Any, ClassVar, Self

from colonycraft.reasons import Details, FieldProblem, details_of, english


class ColonyCraftError(Exception):
    """Base of all errors that may reach a caller.

    `details` are the reason and its parameters, `message` is its English text, or a more exact one
    where that is general.
    """

    status: ClassVar[str] = "INTERNAL"

    def __init__(self, reason: str, *, message: str | None = None, **parameters: Any) -> None:
        self.details: Details = details_of(reason, parameters)
        self.message = message or english(reason, parameters)
        super().__init__(self.message)


class Unauthenticated(ColonyCraftError):
    status = "UNAUTHENTICATED"


class PermissionDenied(ColonyCraftError):
    status = "PERMISSION_DENIED"


class InvalidArgument(ColonyCraftError):
    """`details["fields"]` has each wrong field, where they can be named."""

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
    """Refused before a model was asked. `details["budget"]` is the budget, where one was short."""

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
        reason: str,
        *,
        message: str | None = None,
        retry_after: float | None = None,
        code: str | None = None,
        http_status: int | None = None,
        **parameters: Any,
    ) -> None:
        super().__init__(reason, message=message, **parameters)
        self.retry_after = retry_after
        self.code = code
        self.http_status = http_status

    @classmethod
    def of(cls, error: ColonyCraftError, code: str | None = None) -> Self:
        """Says what another error says."""
        found = cls("provider-rejected", message=error.message, code=code)
        found.details = error.details
        return found


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


def invalid_field(field: str, problem: str) -> InvalidArgument:
    found = FieldProblem(field=field, problem=problem, kind="invalid", limit=None)
    return InvalidArgument("invalid-fields", fields=[found])


def setting_wrong(what: str) -> NotConfigured:
    """`what` names the setting and what is wrong with it, for who deployed this."""
    return NotConfigured("setting-wrong", message=what)
