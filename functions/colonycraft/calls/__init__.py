"""Calls to models: which there are, attempts, fallbacks, deadlines, results. There is no other way
to one."""

from colonycraft.calls import batches, results
from colonycraft.calls.account import (
    Account,
    LedgerHold,
    settle_lost,
    sweep,
)
from colonycraft.calls.attempts import ModelCall, answer_of
from colonycraft.calls.cache import Kept, Lookup, look_up
from colonycraft.calls.catalogue import Choice, resolve
from colonycraft.calls.continuation import Continuation, continue_request, must_regenerate
from colonycraft.calls.embedding import embed
from colonycraft.calls.fallback import Needs, chain_for, fallbacks
from colonycraft.calls.operations import OPERATIONS
from colonycraft.calls.policy import DEFAULT, TITLE, Policy
from colonycraft.calls.records import (
    AttemptFailed,
    AttemptRecord,
    CallEvent,
    Stopped,
    Waiting,
)
from colonycraft.calls.waiting import lines
from colonycraft.usage import budgets, overrides, spending

__all__ = [
    "DEFAULT",
    "OPERATIONS",
    "TITLE",
    "Account",
    "AttemptFailed",
    "AttemptRecord",
    "CallEvent",
    "Choice",
    "Continuation",
    "Kept",
    "LedgerHold",
    "Lookup",
    "ModelCall",
    "Needs",
    "Policy",
    "Stopped",
    "Waiting",
    "answer_of",
    "batches",
    "chain_for",
    "check_settings",
    "continue_request",
    "embed",
    "end_waits",
    "fallbacks",
    "look_up",
    "must_regenerate",
    "resolve",
    "results",
    "settle_lost",
    "sweep",
]


def check_settings() -> None:
    """Raises NotConfigured for a setting that calls could not be made with."""
    fallbacks()
    spending.of_settings()
    budgets.time_zone()
    overrides.overrides()


def end_waits() -> None:
    """Ends the calls that wait for a model at its limit: the process ends."""
    lines.close()
