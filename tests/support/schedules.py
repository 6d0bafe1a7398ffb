"""A world in which turns run in any order of steps, faults and time: one thread, a clock of its
own, processes that crash, freeze and thaw, a provider that fails, tasks that come late or twice.

Every answer that the provider gives is a part of one endless text, so what is stored can be checked
to the character: nothing missing, nothing twice.
"""

import random
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from colonycraft import calls
from colonycraft.calls import Choice, Policy, account, attempts, catalogue, fallback, health
from colonycraft.calls.continuation import INSTRUCTION
from colonycraft.chat import (
    begin,
    control,
    handover,
    log,
    queue,
    recovery,
    signals,
    turn,
    worker,
)
from colonycraft.chat import run as runs
from colonycraft.chat.models import ChatRequest, QueueQuestion, RunSubject
from colonycraft.chat.sweep import sweep
from colonycraft.conversations import queue as waiting
from colonycraft.errors import ColonyCraftError, ConnectionFailed, Overloaded
from colonycraft.llm.port import Connection, End, Event, ModelRequest, TextDelta, Usage
from colonycraft.platform import clock, firestore
from colonycraft.platform import log as logging
from colonycraft.platform.firestore import Firestore, Query, Snapshot, Where
from colonycraft.platform.operations import Caller
from colonycraft.usage import budgets, counts, rebuild, spending, teller
from colonycraft.usage.budgets import Budget
from colonycraft.usage.ledger import amounts
from colonycraft.usage.spending import SpendingPolicy
from colonycraft.usage.teller import Teller
from support.memory_firestore import use

WORDS = [f"word{n} " for n in range(200)]
ENDLESS = "".join(WORDS)
MODELS = ("one/a", "two/b")


class Crash(BaseException):
    """The process is gone at this point."""


class LostReply(Exception):
    """What was written is written; its writer does not learn it."""


@dataclass
class Process:
    """A process: what it holds in memory, and whether it lives."""

    id: str
    alive: bool = True
    frozen: bool = False
    running: dict[str, Any] = field(default_factory=dict[str, Any])
    logs: set[Any] = field(default_factory=set[Any])
    streams: list[Generator[Any, None, Any]] = field(default_factory=list[Any])
    writes_until_crash: int | None = None
    crash_after: bool = False
    """Whether the write at which it crashes is still done."""
    teller: Teller = field(default_factory=Teller)
    next_entry: str = "arrives"
    """What becomes of the next entry of a log: it arrives, it is lost, or its reply is."""


@dataclass
class Asked:
    """A call of the provider: what it was given to go on from, and what it will do."""

    model: str
    begin: int
    words: int
    ending: str
    given: int = 0


class World:
    def __init__(self, store: Firestore, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        self.seconds = 1_000_000.0
        self.processes: list[Process] = []
        self.current: Process | None = None
        self.tasks: list[tuple[str, dict[str, str]]] = []
        self.calls: list[Asked] = []
        # Not of the seed: a schedule may run twice in one database.
        self.uid = f"person-{uuid.uuid4().hex}"
        self.caller = Caller(uid=self.uid, org_id=self.uid, streamed=True)
        self.conversation = str(uuid.uuid4())
        most = self.random.choice((5_000, 30_000))  # one answer at a time, or several
        self.budgets = budgets.read_budgets(
            f"each: {most} tokens for good; each: 40 requests a day; each: 3 at once; each: 200000 tokens a month, warn"
        )
        self.lost_before_till = self.random.choice((0, 2))
        self.requests: list[ChatRequest] = []
        self.ended: dict[str, tuple[Any, ...]] = {}
        self.next_script: list[tuple[int, str]] = []
        self.meanwhile: Callable[[], None] | None = None
        """What another process does between a read and the next write."""
        self.graveyard: list[Generator[Any, None, Any]] = []

    # What stands in for the outside.

    @contextmanager
    def entered(self) -> Iterator["World"]:
        """The house, with this world round it."""
        choices = {
            name: Choice(
                Connection(name.partition("/")[0], "openai_chat", name, "http://nowhere", "key"),
                name.partition("/")[2],
                catalogue.llm.ModelFacts(name=name, title=name),
            )
            for name in MODELS
        }
        quiet = SimpleNamespace(
            monotonic=lambda: self.seconds, sleep=self._sleep, time=lambda: self.seconds
        )
        with _patched(
            (clock, "datetime", SimpleNamespace(now=lambda zone: self.now())),
            *(
                (module, "time", quiet)
                for module in (log, turn, worker, queue, control, attempts, teller)
            ),
            *((logging, name, lambda *arguments, **fields: None) for name in ("error", "warning")),
            (firestore, "time", SimpleNamespace(sleep=lambda seconds: None)),
            (attempts.watchdog, "add", lambda watch: None),
            (attempts.llm, "start", self._start),
            (turn.keeper, "add", self._keep),
            (turn.keeper, "discard", self._discard),
            # Each process has its own queue of those who change a conversation; here each is alone.
            *((module, "in_turn", lambda path: nullcontext()) for module in (begin, queue)),
            (turn, "listen_for_stops", lambda stop: None),
            (turn, "make_title", lambda *arguments: None),
            (handover, "_send", lambda kind, ids: self.tasks.append((kind, dict(ids)))),
            *((module, "resolve", choices.__getitem__) for module in (turn, worker, queue)),
            *((module, "chain_for", self._chain(choices)) for module in (begin, worker)),
            (control, "PATIENCE", 0.0),
            (worker, "LONGEST_WATCH", -1.0),
            (fallback, "fallbacks", dict),
            (spending, "policy", lambda: SpendingPolicy(self.budgets)),
            (teller, "LOST_BEFORE_TILL", self.lost_before_till),
            (teller, "RENEWED_FROM", 1),
            (health.registry, "clock", lambda: self.seconds),
            (turn, "ModelCall", partial(attempts.ModelCall, policy=Policy(first_wait=0.0))),
            (self.store, "_commit", _Commit(self, self.store._commit)),  # pyright: ignore[reportPrivateUsage]
        ):
            before = firestore.database() if firestore.database.cache_info().currsize else None
            use(self.store)
            health.registry.forget()
            try:
                yield self
            finally:
                self._bury()
                use(before)
                health.registry.forget()

    def _bury(self) -> None:
        """Lets go of what processes hold, where it can write nothing any more."""
        self.meanwhile = None
        for process in self.processes:
            self.kill(process)
        self.current = Process("dead", writes_until_crash=0)
        for stream in self.graveyard:
            with suppress(BaseException):
                stream.close()
        self.current = None

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def _sleep(self, seconds: float) -> None:
        self.seconds += seconds

    @staticmethod
    def _chain(choices: dict[str, Choice]) -> Callable[..., tuple[Choice, ...]]:
        def chain(asked: Choice, own: Any = (), needs: Any = None) -> tuple[Choice, ...]:
            return (asked, *(one for one in choices.values() if one != asked))

        return chain

    def _keep(self, kept: Any) -> None:
        if self.current is not None:
            self.current.logs.add(kept)

    def _discard(self, kept: Any) -> None:
        if self.current is not None:
            self.current.logs.discard(kept)

    def _start(self, connection: Connection, request: ModelRequest, *, stream: bool) -> "_Call":
        texts = ["".join(getattr(one, "text", "") for one in m.parts) for m in request.messages]
        known = texts[-2].count(" ") if texts[-1] == INSTRUCTION else 0
        words, ending = self.next_script.pop(0) if self.next_script else (3, "complete")
        repeated = self.random.randint(0, min(known, 3))
        asked = Asked(
            f"{connection.id}/{request.model}", known - repeated, words + repeated, ending
        )
        self.calls.append(asked)
        return _Call(asked)

    # What happens.

    def process(self) -> Process:
        """A process that can take a request; from within one, another."""
        free = [
            one
            for one in self.processes
            if one.alive and not one.frozen and one is not self.current
        ]
        if free and self.random.random() < 0.6:
            return self.random.choice(free)
        made = Process(f"process-{len(self.processes)}")
        self.processes.append(made)
        return made

    @contextmanager
    def inside(self, process: Process) -> Iterator[None]:
        """Runs what follows in the process; a crash leaves nothing of it but what it wrote."""
        before, self.current = self.current, process
        with _patched(
            (turn, "running", process.running),
            (control, "running", process.running),
            (runs, "PROCESS", process.id),
            (signals, "PROCESS", process.id),
            (account, "teller", process.teller),
        ):
            try:
                yield
            except Crash:
                self.kill(process)
            finally:
                self.current = before

    def kill(self, process: Process) -> None:
        process.alive = False
        process.logs.clear()
        # Kept as they are: a process that is gone runs no `finally`.
        self.graveyard += process.streams
        process.streams.clear()

    def ask(self, request: ChatRequest) -> None:
        """Begins a turn in some process, as far as its first event."""
        self.requests.append(request)
        process = self.process()
        stream = turn.chat(self.caller, request)
        with self.inside(process):
            try:
                started = next(stream)
            except (ColonyCraftError, StopIteration):
                return
            if not started.attached:
                process.streams.append(stream)
                return
            for _ in stream:
                pass

    def step(self, process: Process) -> None:
        if not process.streams or process.frozen:
            return
        stream = self.random.choice(process.streams)
        with self.inside(process):
            try:
                next(stream)
            except StopIteration:
                process.streams.remove(stream)

    def leave(self, process: Process) -> None:
        """The browser goes; the process pumps on to the end."""
        if not process.streams or process.frozen:
            return
        stream = self.random.choice(process.streams)
        with self.inside(process):
            stream.close()
            process.streams.remove(stream)

    def tick(self, process: Process) -> None:
        if process.alive and not process.frozen:
            with self.inside(process):
                for kept in list(process.logs):
                    kept.tick()

    def wait(self, seconds: float) -> None:
        """Time passes; processes that live keep their logs."""
        until = self.seconds + seconds
        while self.seconds < until:
            self.seconds = min(self.seconds + 1.0, until)
            for process in self.processes:
                self.tick(process)

    def act(self, what: Callable[[], Any]) -> None:
        """An operation, or the sweep, in some process."""
        with self.inside(self.process()), suppress(ColonyCraftError):
            what()

    def deliver(self, *, twice: bool) -> None:
        if not self.tasks:
            return
        kind, ids = self.tasks.pop(self.random.randrange(len(self.tasks)))
        for _ in range(2 if twice else 1):
            self.act(lambda: worker.WORK[kind](ids))

    def deliver_signals(self) -> None:
        for process in self.processes:
            if process.alive and not process.frozen:
                told = self.store.get(signals.path_of(process.id)).data
                with self.inside(process):
                    for run in (told or {}).get("stop", {}):
                        turn.stop_here(run)

    # What is there.

    def documents(self, collection: str) -> list[dict[str, Any]]:
        return [{**(one.data or {}), "id": one.id} for one in self.store.query(Query(collection))]

    def messages(self) -> list[dict[str, Any]]:
        return self.documents(f"conversations/{self.conversation}/messages")

    def runs(self) -> list[dict[str, Any]]:
        ids = {runs.run_id(self.caller, request.request_id) for request in self.requests}
        found = self.store.get_all([runs.run_path(one) for one in sorted(ids)]) if ids else []
        return [{**one.data, "id": one.id} for one in found if one.data is not None]

    def open_runs(self) -> list[str]:
        return [one["id"] for one in self.runs() if one["state"] == "running"]

    def stop(self, run: str) -> None:
        self.act(lambda: control.stop(self.caller, RunSubject(run_id=run)))

    def signal(self, run: str) -> None:
        found = self.store.get(runs.control_path(run)).data
        if found is not None:
            signals.signal_stop(found["process"], run)

    def recover(self, run: str) -> None:
        self.act(lambda: control.recover(self.caller, RunSubject(run_id=run)))

    def put(self, request_id: str, text: str) -> None:
        question = QueueQuestion(
            request_id=request_id, conversation_id=self.conversation, text=text, model=MODELS[0]
        )
        self.requests.append(
            ChatRequest(
                request_id=request_id,
                conversation_id=self.conversation,
                text=text,
                model=MODELS[0],
            )
        )
        self.act(lambda: queue.add(self.caller, question))

    def take_over(self, run: str) -> None:
        """Somebody takes the run for lost, rightly or not."""
        self.act(lambda: recovery.end(runs.read(self.store.get(runs.run_path(run)))))

    def sweep(self) -> None:
        self.act(sweep)
        self.act(calls.sweep)

    def ledger(self) -> list[dict[str, Any]]:
        mine = Query("ledger", where=(Where("ownerId", "==", self.uid),))
        return [{**(one.data or {}), "id": one.id} for one in self.store.query(mine)]

    def banks(self) -> list[tuple[Budget, Snapshot, list[Snapshot]]]:
        """The budgets that were ever counted on, by any day, each with its bank and its tills."""
        counted = {one["budget"] for entry in self.ledger() for one in entry["counted"]}
        paths = {counts.bank_path_of(one) if counts.is_till(one) else one for one in counted}
        limits = {one.id: one for one in self.budgets}
        return [
            (
                limits[(bank.data or {})["budget"]],
                bank,
                self.store.get_all(tills) if (tills := counts.till_paths(bank)) else [],
            )
            for bank in (self.store.get_all(sorted(paths)) if paths else [])
        ]

    # What must hold.

    def check(self) -> None:
        """After every step."""
        found = self.messages()
        stored = self.store.get(f"conversations/{self.conversation}").data
        if stored is None:
            assert found == []
            return
        by_place: dict[tuple[str, int], str] = {}
        for message in found:
            place = (message["branchId"], message["seq"])
            assert place not in by_place, "two messages under one number"
            by_place[place] = message["id"]
        all_runs = self.runs()
        for run in all_runs:
            asked = [one for one in found if one["role"] == "user" and one["runId"] == run["id"]]
            assert len(asked) <= 1, "a request made two questions"
            answers = [one for one in found if one["id"] == run["answerId"]]
            if run["state"] == "running":
                active = stored["branches"][run["branchId"]]["activeRun"]
                assert active == run["id"], "a run is open that its branch does not know"
                assert run["continues"] or not answers
            else:
                assert len(answers) == 1, "a run ended without an answer"
                end = (run["state"], run["endedAt"], run["attempts"])
                assert self.ended.setdefault(run["id"], end) == end, "a run ended twice"
        open_branches = [one["branchId"] for one in all_runs if one["state"] == "running"]
        assert len(open_branches) == len(set(open_branches)), "two runs write on one branch"
        for message in found:
            if message["role"] == "assistant":
                text = "".join(one["text"] for one in message["parts"])
                assert ENDLESS.startswith(text), f"text is missing or there twice: {text!r}"
        assert stored["counts"]["messages"] == len(found)
        self.check_money()

    def check_money(self) -> None:
        entries = self.ledger()
        for budget, bank, tills in self.banks():
            unit = budget.unit
            out = {till.path for till in tills}
            assert all(till.data is not None for till in tills), "a bank names a till that is gone"
            for stored in (bank, *tills):
                own = [
                    one
                    for one in entries
                    if any(self._place(counted["budget"], out) == stored.path
                           for counted in one["counted"])
                ]  # fmt: skip
                held = sum(
                    amounts(one["reserved"]).of(unit) for one in own if one["state"] == "open"
                )
                used = sum(amounts(one["used"]).of(unit) for one in own if one["state"] != "open")
                count = stored.data or {}
                assert (count["reserved"], count["settled"]) == (held, used), "it is miscounted"
                granted = sum(count.get("tills", {}).values())
                if budget.hard:
                    assert held + used + granted <= count["limit"], "a budget is exceeded"

    @staticmethod
    def _place(path: str, tills: set[str]) -> str:
        """Where an entry is counted that named it when it was reserved."""
        return counts.bank_path_of(path) if counts.is_till(path) and path not in tills else path

    def end(self) -> None:
        """Every process goes, then what looks after that comes round."""
        self.meanwhile = None
        for process in self.processes:
            self.kill(process)
        for _ in range(4):
            self.seconds += 70
            self.sweep()
            for _ in range(40):
                if not self.tasks:
                    break
                self.deliver(twice=False)
            self.check()
        assert self.open_runs() == []
        stored = self.store.get(f"conversations/{self.conversation}").data
        for branch in (stored or {"branches": {}})["branches"].values():
            assert branch["activeRun"] is None
        for run in self.runs():
            left = self.documents(f"runs/{run['id']}/segments")
            assert sorted(one["number"] for one in left) == sorted(run["fences"])
        if stored is not None and not stored["branches"]["main"]["held"]:
            assert waiting.first(self.conversation, "main") is None, "a question was forgotten"
        self.seconds += 700
        self.sweep()
        self.check_money()
        entries = self.ledger()
        assert [one["id"] for one in entries if one["state"] == "open"] == []
        assert [tills for _, _, tills in self.banks() if tills] == [], "a till was left behind"
        first = [one for one in entries if "correctionOf" not in one]
        reported = [one for one in first if one["state"] == "settled" and not one["estimated"]]
        assert len(reported) <= len(self.calls) <= len(first), "a call is not in the ledger"
        requests = [sum(one[what]["requests"] for one in entries) for what in ("used", "reserved")]
        assert requests[0] <= requests[1], "an attempt is charged twice"
        settled = [one for one in entries if one["state"] == "settled"]
        days = self.store.query(Query("usageDays", where=(Where("ownerId", "==", self.uid),)))
        for name in ("outputTokens", "inputTokens", "requests"):
            told = sum((one.data or {})[name] for one in days)
            assert told == sum(one["used"][name] for one in entries), "a day is miscounted"
        stored = {one.path: one for one in days}
        assert rebuild.differing(rebuild.summed(settled), stored) == []
        answered = sum(len(self._asked_attempts(run)) for run in self.runs())
        assert answered <= len(self.calls), "an attempt is told that was not made"

    @staticmethod
    def _asked_attempts(run: dict[str, Any]) -> list[Any]:
        own = [] if run["continues"] else run["attempts"]
        return [one for one in own if one["outcome"] not in ("lost", "skipped")]


class _Call:
    """What the provider does, event by event."""

    limited_for = None
    remaining = None

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._aborted = False
        self._events = self._run()

    def __iter__(self) -> Iterator[Event]:
        return self._events

    def abort(self) -> None:
        self._aborted = True

    def close(self) -> None:
        pass

    def _run(self) -> Iterator[Event]:
        asked = self._asked
        if asked.ending == "overloaded":
            raise Overloaded("provider-busy", http_status=529)
        for word in WORDS[asked.begin : asked.begin + asked.words]:
            if self._aborted:
                raise ConnectionFailed("provider-broke")
            asked.given += 1
            yield TextDelta(word)
        if self._aborted or asked.ending == "cut":
            raise ConnectionFailed("provider-broke")
        yield Usage(10, asked.given)
        yield End("length" if asked.ending == "length" else "complete", model=asked.model)


class _Commit:
    """The commit call, at which a process may crash, before or after it is done, or miss the
    reply."""

    def __init__(self, world: World, commit: Any) -> None:
        self._world = world
        self._commit = commit

    def __call__(self, request: Any, **options: Any) -> Any:
        process = self._world.current
        if process is None:
            return self._commit(request, **options)
        meanwhile, self._world.meanwhile = self._world.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        dies = False
        if process.writes_until_crash is not None:
            process.writes_until_crash -= 1
            dies = process.writes_until_crash < 0
        if dies and not process.crash_after:
            raise Crash
        answer = self._commit(request, **options)
        if dies:
            raise Crash
        return answer

    def future(self, request: Any, **options: Any) -> Any:
        process = self._world.current
        fate, lost = "arrives", LostReply()
        if process is not None:
            fate, process.next_entry = process.next_entry, "arrives"
        if fate == "is lost":
            return _Done(lost, None)
        try:
            answer = self(request, **options)
        except Exception as error:
            return _Done(error, None)
        return _Done(lost, None) if fate == "its reply is lost" else _Done(None, answer)


@dataclass
class _Done:
    error: Exception | None
    answer: Any

    def done(self) -> bool:
        return True

    def result(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.answer


@contextmanager
def _patched(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    for owner, name, value in changes:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in reversed(kept):
            setattr(owner, name, value)
