"""Runs that no process carries out, and their logs."""

from datetime import timedelta
from typing import Any

from colonycraft.calls import resolve
from colonycraft.chat import run as runs
from colonycraft.chat.begin import Begun, begin
from colonycraft.chat.run import Run
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Firestore
from colonycraft.platform.operations import Caller
from support.turns import question, segments


def begun_run(caller: Caller, conversation: str, **options: Any) -> Begun:
    """A run that nobody carries out, as if its process had gone at once."""
    request = question(conversation, **{"new": True, **options})
    begun = begin(caller, request, resolve(request.model))
    assert isinstance(begun, Begun)
    return begun


def write_log(firestore: Firestore, run: Run, *texts: str) -> None:
    start = run.text_start
    for number, text in enumerate(texts):
        unit = firestore.unit_of_work()
        events = [{"type": "text-delta", "text": text}]
        runs.append(unit, run, number, holder="gone", start=start, events=events)
        unit.commit()
        start += runs.utf16_length(text)


def make_old(firestore: Firestore, run: str) -> None:
    """As if its process had been gone for a while."""
    long_ago = now() - runs.LEASE - timedelta(seconds=1)
    unit = firestore.unit_of_work()
    unit.update(f"runs/{run}", {("startedAt",): long_ago})
    for number in range(len(segments(firestore, run))):
        unit.update(runs.segment_path(run, number), {("createdAt",): long_ago})
    unit.commit()
