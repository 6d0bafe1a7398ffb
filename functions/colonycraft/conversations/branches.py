"""The tree of a conversation, stored as branches: pure.

`branches {id: {parent, forkSeq, nextSeq, activeRun, held, comparing, createdAt}}`. A branch holds
its messages from `forkSeq` on; what comes before is its parent's, and so on. Alternatives to one
message are the branches with the same parent and `forkSeq`, beside the parent's own message there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from colonycraft.platform.clock import now

MOST_BRANCHES = 300

Branches = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The messages of a branch with a number below `before` (None: all)."""

    branch_id: str
    before: int | None


def path(branches: Branches, branch_id: str, before: int | None = None) -> list[Stretch]:
    """What lies on the way to the number `before` of a branch (None: to its end), newest first."""
    stretches: list[Stretch] = []
    at: str | None = branch_id
    while at is not None and before != 0:
        stretches.append(Stretch(at, before))
        fork = branches[at]["forkSeq"]
        before = fork if before is None else min(before, fork)
        at = branches[at]["parent"]
    return stretches


def origin(branches: Branches, branch_id: str, seq: int) -> str:
    """The parent of an alternative to the message `seq` of a branch. To a branch's first message it
    is the branch's own parent, so that alternatives to alternatives stand in one row."""
    branch = branches[branch_id]
    if branch["parent"] is not None and seq == branch["forkSeq"]:
        return branch["parent"]
    return branch_id


def alternatives(branches: Branches, parent: str, seq: int) -> list[str]:
    """The branches that begin with an alternative to the message `seq` of `parent`."""
    return [
        branch_id
        for branch_id, branch in branches.items()
        if branch["parent"] == parent and branch["forkSeq"] == seq
    ]


def new_branch(
    parent: str | None,
    fork_seq: int,
    next_seq: int,
    run: str | None,
    *,
    at: datetime | None = None,
    comparing: bool = False,
) -> dict[str, Any]:
    """`activeRun` is the run that writes there now. `held`: its questions in the queue wait until
    somebody says so, because an answer was stopped or failed."""
    return {
        "parent": parent,
        "forkSeq": fork_seq,
        "nextSeq": next_seq,
        "activeRun": run,
        "held": False,
        "comparing": comparing,
        "createdAt": at or now(),
    }
