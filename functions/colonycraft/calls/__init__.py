"""Calls to models: which there are, attempts, deadlines, results. There is no other way to one."""

from colonycraft.calls import results
from colonycraft.calls.attempts import AttemptFailed, ModelCall, Stopped
from colonycraft.calls.catalogue import Choice, resolve
from colonycraft.calls.operations import OPERATIONS
from colonycraft.calls.policy import TITLE

__all__ = [
    "OPERATIONS",
    "TITLE",
    "AttemptFailed",
    "Choice",
    "ModelCall",
    "Stopped",
    "resolve",
    "results",
]
