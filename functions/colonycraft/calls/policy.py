"""How often a model is asked, how long it is waited for, what an error leads to: data, not code."""

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Policy:
    """Seconds throughout.

    `attempts` counts the first one, for each model of a chain. Without a word from the provider,
    the wait before the second attempt is between half of `first_wait` and the whole, and doubles
    with each further one. A wait that the provider asks for is honoured up to `longest_wait`;
    where another model is left, only up to `patience`. Beyond it, or past the total deadline, the
    next model is asked, or the call fails at once. `in_line` is how long a call waits in all for
    models that are at their limit, where no other model can answer. `total` is for the whole
    chain, `first_token` and `idle` are for each attempt.
    """

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 20.0
    patience: float = 5.0
    in_line: float = 60.0
    first_token: float = 90.0
    idle: float = 60.0
    total: float = 280.0


LONGEST_HINT = 60.0
"""Seconds for which headers that say "nothing remains" are believed without having been refused:
most name the time at which everything is free again, not the first that is."""

DEFAULT = Policy()
TITLE = Policy(attempts=1, in_line=10.0, first_token=30.0, idle=15.0, total=40.0)
EMBEDDING = Policy(in_line=10.0, first_token=30.0, idle=15.0, total=60.0)
PROXY = Policy(in_line=10.0)
"""A program waits by itself when it is told how long."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What an error leads to.

    `retry`: the same model is asked again before the next one, only where there is no next one
    ("last"), or never. `fall_back`: another model may be asked, only one with a larger window, or
    none. `blames`: whose trouble it is: the model's at this connection, when it repeats; the whole
    connection's, at once; or nobody's.
    """

    retry: Literal["first", "last", "never"]
    fall_back: Literal["any", "larger", "none"]
    blames: Literal["model", "connection", "nobody"]


REACTIONS: dict[type[ProviderError], Reaction] = {
    ProviderAuthentication: Reaction("never", "any", "connection"),
    QuotaExhausted: Reaction("never", "any", "connection"),
    ProviderRejected: Reaction("never", "any", "nobody"),
    ModelNotFound: Reaction("never", "any", "nobody"),
    ContextOverflow: Reaction("never", "larger", "nobody"),
    # What one provider's policy refuses is not taken to another's.
    ContentFiltered: Reaction("never", "none", "nobody"),
    RateLimited: Reaction("first", "any", "nobody"),
    Overloaded: Reaction("first", "any", "model"),
    ConnectionFailed: Reaction("first", "any", "model"),
    # Another attempt would be waited for as long again.
    DeadlineExceeded: Reaction("last", "any", "model"),
    MalformedResponse: Reaction("never", "any", "nobody"),
}


def reaction_to(error: ProviderError) -> Reaction:
    """The table's row for the error's class, or for the nearest class above it."""
    return next(REACTIONS[one] for one in type(error).__mro__ if one in REACTIONS)
