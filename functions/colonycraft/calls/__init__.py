"""Calls to models: which there are, attempts, fallbacks, deadlines, results. There is no other way
to one."""

from colonycraft.calls import results
from colonycraft.calls.attempts import ModelCall
from colonycraft.calls.catalogue import Choice, resolve
from colonycraft.calls.continuation import Continuation, continue_request, must_regenerate
from colonycraft.calls.fallback import Needs, chain_for, fallbacks
from colonycraft.calls.operations import OPERATIONS
from colonycraft.calls.policy import DEFAULT, TITLE, Policy
from colonycraft.calls.records import AttemptFailed, AttemptRecord, Stopped

__all__ = [
    "DEFAULT",
    "OPERATIONS",
    "TITLE",
    "AttemptFailed",
    "AttemptRecord",
    "Choice",
    "Continuation",
    "ModelCall",
    "Needs",
    "Policy",
    "Stopped",
    "chain_for",
    "continue_request",
    "fallbacks",
    "must_regenerate",
    "resolve",
    "results",
]
