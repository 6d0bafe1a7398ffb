"""Whatever happens in whatever order: one question a request, one end a run, no text lost or twice,
nothing left open. `make soak N=... SEED=...` runs more of it."""

import os
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonycraft.chat.models import ChatRequest
from colonycraft.platform.firestore import Firestore
from support.environment import need
from support.memory_firestore import MemoryFirestore
from support.schedules import MODELS, Process, World

SCHEDULES = int(os.environ.get("SCHEDULES", "2000"))
SHARDS = 4
"""Parts that run at once, each with its share of the schedules."""

SCRIPTS = st.tuples(
    st.integers(0, 6),
    st.sampled_from(["complete", "complete", "cut", "overloaded", "length", "length"]),
)
STEPS = st.one_of(
    st.tuples(st.just("ask"), st.booleans(), st.lists(SCRIPTS, max_size=3)),
    st.tuples(st.just("again"), st.integers(0, 9)),
    st.tuples(st.just("act"), st.sampled_from(["edit", "answer", "continue"]), st.integers(0, 9)),
    st.tuples(st.just("continue"), st.lists(SCRIPTS, max_size=2), st.booleans()),
    st.tuples(st.just("put"), st.lists(SCRIPTS, max_size=2)),
    st.tuples(st.just("step"), st.integers(1, 4)),
    st.tuples(st.just("leave")),
    st.tuples(st.just("wait"), st.sampled_from([0.5, 2.0, 11.0, 35.0])),
    st.tuples(st.just("stop"), st.integers(0, 9)),
    st.tuples(st.just("signal"), st.integers(0, 9)),
    st.tuples(st.just("recover"), st.integers(0, 9)),
    st.tuples(st.just("sweep")),
    st.tuples(st.just("deliver"), st.booleans()),
    st.tuples(st.just("crash"), st.integers(0, 9)),
    st.tuples(st.just("crash-at-write"), st.integers(0, 9), st.integers(0, 4), st.booleans()),
    st.tuples(
        st.just("next-entry"), st.integers(0, 9), st.sampled_from(["is lost", "its reply is lost"])
    ),
    st.tuples(
        st.just("meanwhile"),
        st.sampled_from(["stop", "recover", "take_over", "step", "ask"]),
        st.integers(0, 9),
    ),
    st.tuples(st.just("sleeps"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("freeze"), st.integers(0, 9)),
    st.tuples(st.just("thaw"), st.integers(0, 9)),
)
SCHEDULE = st.lists(STEPS, min_size=4, max_size=24)


def run_schedule(store: Firestore, seed: int, schedule: list[Any]) -> None:
    with World(store, seed).entered() as world:
        first = st_request(world, "ask", text="first", new_conversation=True)
        world.ask(first)
        for step in schedule:
            _do(world, step)
            world.check()
        world.end()


def st_request(world: World, action: str, **more: Any) -> ChatRequest:
    """Ids are of the world's own chance, so that a schedule can be run again."""
    return ChatRequest(
        request_id=str(uuid.UUID(int=world.random.getrandbits(128))),
        conversation_id=world.conversation,
        action=action,  # type: ignore[arg-type]
        model=MODELS[0],
        **more,
    )


def _do(world: World, step: tuple[Any, ...]) -> None:
    processes = [one for one in world.processes if one.alive]
    match step:
        case ("ask", on_active, scripts):
            world.next_script += scripts
            stored = world.store.get(f"conversations/{world.conversation}").data
            branch = stored["activeBranch"] if stored and on_active else "main"
            new = stored is None
            world.ask(st_request(world, "ask", text="more", branch_id=branch, new_conversation=new))
        case ("again", which):
            world.ask(world.requests[which % len(world.requests)])
            world.requests.pop()
        case ("act", action, which):
            role = "assistant" if action == "continue" else "user"
            found = [one for one in world.messages() if one["role"] == role]
            if found:
                _act(world, action, found[which % len(found)])
        case ("continue", scripts, sleeps):
            short = [one for one in world.messages() if one["state"] in ("incomplete", "stopped")]
            if short:
                world.next_script += scripts
                _act(world, "continue", short[-1])
                if sleeps and world.processes:
                    _sleep(world, world.processes[-1], by_worker=False)
        case ("put", scripts):
            world.next_script += scripts
            world.put(str(uuid.UUID(int=world.random.getrandbits(128))), "waits")
        case ("step", count):
            for process in processes:
                for _ in range(count):
                    world.step(process)
        case ("leave",):
            for process in processes[:1]:
                world.leave(process)
        case ("wait", seconds):
            world.wait(seconds)
        case ("stop" | "signal" | "recover" as what, which):
            open_runs = world.open_runs()
            if open_runs:
                getattr(world, what)(open_runs[which % len(open_runs)])
                world.deliver_signals()
        case ("sweep",):
            world.sweep()
        case ("deliver", twice):
            world.deliver(twice=twice)
        case ("crash", which) if processes:
            world.kill(processes[which % len(processes)])
        case ("crash-at-write", which, writes, after) if processes:
            process = processes[which % len(processes)]
            process.writes_until_crash, process.crash_after = writes, after
        case ("next-entry", which, fate) if processes:
            processes[which % len(processes)].next_entry = fate
        case ("meanwhile", what, which):
            world.meanwhile = lambda: _meanwhile(world, what, which)
        case ("sleeps", which, by_worker) if processes:
            _sleep(world, processes[which % len(processes)], by_worker=by_worker)
        case _:
            pass


def _act(world: World, action: str, message: dict[str, Any]) -> None:
    text = "edited" if action == "edit" else None
    where = {"branch_id": message["branchId"], "message_id": message["id"]}
    world.ask(st_request(world, action, text=text, **where))


def _sleep(world: World, process: Process, *, by_worker: bool) -> None:
    """Frozen for so long that its runs are taken for lost, then awake again."""
    process.frozen = True
    world.wait(35)
    if by_worker:
        world.tasks += [("runs.watch", {"runId": run}) for run in process.running]
        world.deliver(twice=False)
    world.sweep()
    process.frozen = False
    for _ in range(12):
        world.step(process)


def _meanwhile(world: World, what: str, which: int) -> None:
    """What another process does between a read and a write of this one."""
    if what == "ask":
        world.ask(st_request(world, "ask", text="meanwhile"))
        return
    if what == "step":
        others = [one for one in world.processes if one is not world.current and one.alive]
        for process in others:
            for _ in range(12):
                world.step(process)
        return
    open_runs = world.open_runs()
    if open_runs:
        getattr(world, what)(open_runs[which % len(open_runs)])


@pytest.mark.parametrize("shard", range(SHARDS))
def test_in_memory(shard: int) -> None:
    @settings(
        max_examples=SCHEDULES // SHARDS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=False,
        database=None,
    )
    @given(st.integers(0, 2**32), SCHEDULE)
    def run(seed: int, schedule: list[Any]) -> None:
        run_schedule(MemoryFirestore(), seed, schedule)

    run()


def test_on_the_emulator() -> None:
    """In a project of its own, where nobody else sweeps."""
    store = Firestore(f"demo-{uuid.uuid4().hex[:12]}", need("FIRESTORE_EMULATOR_HOST"))

    @settings(
        max_examples=max(1, min(100, SCHEDULES // 20)),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.integers(0, 2**32), SCHEDULE)
    def run(seed: int, schedule: list[Any]) -> None:
        run_schedule(store, seed, schedule)

    run()
