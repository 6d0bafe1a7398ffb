"""The line of a model at its limit: whose turn it is, with a clock of the test's own."""

import threading
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.calls.health import Registry
from colonycraft.calls.records import Stopped
from colonycraft.calls.waiting import MOST_EACH, SILENT, TELLS, Line, Lines, Place, Ticket
from colonycraft.llm.port import Allowance, Remaining

MODEL = "one/a"


def ticket(person: str, begun: float = 0.0, tokens: int = 10) -> Ticket:
    return Ticket(MODEL, person, begun, tokens)


def entered(line: Line, *people: str) -> list[Ticket]:
    """A call of each, begun one after another."""
    tickets = [ticket(person, begun) for begun, person in enumerate(people)]
    for one in tickets:
        line.enter(one)
    return tickets


def limited_line(*people: str) -> tuple[Line, list[Ticket]]:
    """A line whose limit is over at 0."""
    line = Line()
    tickets = entered(line, *people)
    assert line.let_go(-1.0, 1.0) == []
    return line, tickets


def order(line: Line) -> list[Ticket]:
    """All that wait, one after the other, each answered before the next."""
    gone: list[Ticket] = []
    while now := line.let_go(0.0, 0.0):
        gone += now
        for one in now:
            line.leave(one)
    return gone


def test_without_a_limit_nobody_waits() -> None:
    line = Line()
    tickets = entered(line, *("one" for _ in range(50)))
    assert line.let_go(0.0, 0.0) == tickets
    assert line.is_free


def test_while_the_limit_lasts_nobody_goes() -> None:
    line, tickets = limited_line("one", "two")
    assert line.let_go(5.0, 0.1) == []
    assert [line.position(one) for one in tickets] == [1, 2]


def test_fifty_calls_of_one_are_one_before_anothers() -> None:
    line, tickets = limited_line(*["script"] * 50, "person")
    assert line.position(tickets[-1]) == 2
    assert [one.person for one in order(line)[:4]] == ["script", "person", "script", "script"]


def test_who_comes_later_is_behind_no_more_than_one_of_each() -> None:
    line, _ = limited_line(*["script"] * 50, *["robot"] * 50)
    (first,) = line.let_go(0.0, 0.0)
    line.leave(first)
    late = ticket("person", 100.0)
    line.enter(late)
    assert line.position(late) == 3
    assert [one.person for one in order(line)[:3]] == ["robot", "script", "person"]


def test_within_a_person_the_call_that_was_begun_first_goes_first() -> None:
    line, _ = limited_line()
    calls = [ticket("one", begun) for begun in (3.0, 1.0, 2.0)]
    for one in calls:
        line.enter(one)
    line.let_go(0.0, 1.0)
    assert [one.begun for one in order(line)] == [1.0, 2.0, 3.0]


def test_a_refused_call_has_its_place_again_but_not_anothers_turn() -> None:
    line, _ = limited_line(*["script"] * 3, "person")
    (refused,) = line.let_go(0.0, 0.0)
    line.leave(refused)
    again = ticket(refused.person, refused.begun)
    line.enter(again)
    line.let_go(0.0, 1.0)
    gone = order(line)
    assert gone[0].person == "person"
    assert gone[1] is again


def test_when_a_limit_ends_one_goes_first_and_more_with_each_answer() -> None:
    line, _ = limited_line(*(f"person-{n}" for n in range(20)))
    (probe,) = line.let_go(0.0, 0.0)
    assert line.let_go(1.0, 0.0) == []
    waves: list[int] = []
    asking = [probe]
    while asking:
        following: list[Ticket] = []
        for one in asking:
            line.answered(one, None, 1.0)
            following += line.let_go(1.0, 0.0)
        asking = following
        waves.append(len(asking))
    assert waves == [2, 4, 8, 5, 0]


def test_a_refused_probe_lets_nobody_go_before_the_next_limit_ends() -> None:
    line, tickets = limited_line("one", "two", "three")
    (probe,) = line.let_go(0.0, 0.0)
    line.leave(probe)
    assert line.let_go(0.0, 9.0) == []
    assert line.let_go(9.0, 0.0) == [tickets[1]]
    assert line.let_go(9.0, 0.0) == []


def test_what_headers_say_remains_is_let_go_at_once() -> None:
    line, _ = limited_line(*["one", "two"] * 10)
    (probe,) = line.let_go(0.0, 0.0)
    line.answered(probe, Remaining(Allowance(5, 30)), 1.0)
    gone = line.let_go(1.0, 0.0)
    assert len(gone) == 5
    assert line.let_go(2.0, 0.0) == []
    line.answered(gone[0], Remaining(Allowance(4, 30)), 2.0)
    assert line.let_go(2.0, 0.0) == [], "four are under way of which the headers knew nothing"


def test_tokens_that_remain_are_shared_by_those_under_way() -> None:
    line = Line()
    probe, small, large, last = (
        ticket("one", n, tokens) for n, tokens in enumerate((1, 60, 50, 1))
    )
    line.enter(probe)
    line.let_go(0.0, 0.0)
    line.answered(probe, Remaining(None, Allowance(100, 30)), 0.0)
    for one in (small, large, last):
        line.enter(one)
    assert line.let_go(0.0, 0.0) == [small]
    assert line.let_go(29.0, 0.0) == [large, last], "nothing is known any more of who is silent"
    assert line.is_free


def test_what_would_never_fit_goes_alone() -> None:
    line = Line()
    probe, huge = ticket("one"), ticket("two", 1.0, tokens=10_000)
    line.enter(probe)
    line.let_go(0.0, 0.0)
    line.answered(probe, Remaining(None, Allowance(100, 30)), 0.0)
    line.enter(huge)
    assert line.let_go(0.0, 0.0) == [huge]


def test_what_headers_said_holds_until_the_reset() -> None:
    line = Line()
    probe, *others = entered(line, "one", "two", "three", "four")
    line = Line()
    line.enter(probe)
    line.let_go(0.0, 0.0)
    line.answered(probe, Remaining(Allowance(1, 3)), 0.0)
    for one in others:
        line.enter(one)
    assert line.let_go(0.0, 0.0) == others[:1]
    assert line.let_go(2.9, 0.0) == []
    assert line.let_go(3.0, 0.0) == others[1:]


def test_a_silent_call_holds_nobody_up() -> None:
    line, tickets = limited_line("one", "two", "three")
    line.let_go(0.0, 0.0)
    assert line.let_go(SILENT - 0.1, 0.0) == []
    assert line.let_go(SILENT, 0.0) == [tickets[1]]


def test_who_leaves_is_not_let_go() -> None:
    line, tickets = limited_line("one", "two", "two", "three")
    line.leave(tickets[0])
    line.leave(tickets[1])
    line.leave(tickets[1])
    assert [line.position(one) for one in tickets] == [0, 0, 1, 2]
    assert order(line) == tickets[2:]


def test_after_the_last_of_a_limit_nobody_goes_carefully_any_more() -> None:
    line, (first, second) = limited_line("one", "two")
    line.let_go(0.0, 0.0)
    line.answered(first, None, 0.0)
    line.let_go(0.0, 0.0)
    line.answered(second, None, 0.0)
    tickets = entered(line, *["one"] * 9)
    assert line.let_go(0.0, 0.0) == tickets


STEPS = st.one_of(
    st.tuples(st.just("enter"), st.integers(0, 4), st.integers(0, 50)),
    st.tuples(st.just("leave"), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("answer"), st.integers(0, 30), st.integers(-1, 5)),
    st.tuples(st.just("limit"), st.integers(0, 20), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 20), st.just(0)),
)


@given(st.lists(STEPS, max_size=60))
def test_nobody_waits_for_ever_and_nobody_is_let_go_twice(
    steps: list[tuple[str, int, int]],
) -> None:
    line, now, limit_ends = Line(), 0.0, 0.0
    inside: list[Ticket] = []
    gone: Counter[Ticket] = Counter()
    overtaken: Counter[tuple[Ticket, str]] = Counter()
    most: dict[Ticket, int] = {}
    """How often another person may come before a call: once for each turn of its own person."""

    def let_go() -> None:
        for one in line.let_go(now, max(0.0, limit_ends - now)):
            assert one in inside, "it had left"
            gone[one] += 1
            for other in inside:
                if not other.may_ask and other.person != one.person:
                    overtaken[other, one.person] += 1

    for what, number, amount in steps:
        match what:
            case "enter":
                inside.append(ticket(f"person-{number}", now, amount))
                most[inside[-1]] = 1 + line.waits(inside[-1].person)
                line.enter(inside[-1])
            case "leave" if inside:
                line.leave(inside.pop(number % len(inside)))
            case "answer" if inside:
                told = None if amount < 0 else Remaining(Allowance(amount, 5), Allowance(90, 5))
                line.answered(inside[number % len(inside)], told, now)
            case "limit":
                limit_ends = now + number
            case _:
                now += number
        let_go()
        waiting = [one for one in inside if not one.may_ask]
        assert sorted(line.position(one) for one in waiting) == list(range(1, len(waiting) + 1))
    now = max(now, limit_ends)
    for _ in range(len(inside)):
        let_go()
        now += SILENT
    let_go()
    assert all(one.may_ask for one in inside)
    assert set(gone.values()) <= {1}
    for (late, person), times in overtaken.items():
        assert times <= most[late], f"{person} came more often than in turn"


class Fake:
    """Lines with a registry of their own."""

    def __init__(self) -> None:
        self.registry = Registry()
        self.lines = Lines(self.registry)
        self.stop = threading.Event()

    def wait(self, one: Ticket, patience: float = 60.0) -> list[Place]:
        return list(self.lines.turn_of(one, patience, self.stop.is_set))


def test_a_limit_is_waited_out_and_told_of() -> None:
    fake, one = Fake(), ticket("one")
    fake.registry.limited(MODEL, 1.2)
    began = time.monotonic()
    assert fake.wait(one) == [Place(1, 2)]
    assert one.may_ask
    assert 1.1 < time.monotonic() - began < 2


@pytest.mark.parametrize("patience", [5.0, 0.0, -1.0])
def test_a_limit_that_ends_later_is_not_waited_for(patience: float) -> None:
    fake, one = Fake(), ticket("one")
    fake.registry.limited(MODEL, 20)
    began = time.monotonic()
    assert fake.wait(one, patience) == []
    assert not one.may_ask
    assert time.monotonic() - began < 0.5


def test_patience_ends_behind_a_silent_call() -> None:
    fake, first, second = Fake(), ticket("one"), ticket("two")
    fake.registry.limited(MODEL, 1.0)
    waits = threading.Thread(target=lambda: fake.wait(first))
    waits.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert fake.wait(second, 2.0)[0].position == 2
    waits.join()
    assert first.may_ask and not second.may_ask
    assert 1.9 < time.monotonic() - began < 3


@pytest.mark.parametrize("how", ["stop", "close"])
def test_a_stop_and_the_end_of_the_process_end_a_wait_at_once(how: str) -> None:
    fake, one = Fake(), ticket("one")
    fake.registry.limited(MODEL, 30)

    def end() -> None:
        if how == "close":
            fake.lines.close()
        else:
            fake.stop.set()
            one.bell.set()

    threading.Timer(0.1, end).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        fake.wait(one)
    assert time.monotonic() - began < 0.5


def test_one_person_has_only_so_many_places() -> None:
    fake = Fake()
    fake.registry.limited(MODEL, 30)
    waiting = [fake.lines.turn_of(ticket("one", n), 60, fake.stop.is_set) for n in range(MOST_EACH)]
    assert [next(one).position for one in waiting] == list(range(1, MOST_EACH + 1))
    one_more = ticket("one", 99)
    assert fake.wait(one_more) == []
    fake.lines.leave(one_more)
    other = fake.lines.turn_of(ticket("two", 100), 60, fake.stop.is_set)
    assert next(other).position == 2


def test_the_place_is_told_again_when_it_changes_and_now_and_then() -> None:
    fake, first, second = Fake(), ticket("one"), ticket("two")
    now = 0.0
    fake.lines.clock = lambda: now
    fake.registry.clock = lambda: now
    fake.registry.limited(MODEL, 30)
    next(fake.lines.turn_of(first, 60, fake.stop.is_set))
    places = fake.lines.turn_of(second, 60, fake.stop.is_set)
    assert next(places) == Place(2, 31)
    now = 10 + TELLS
    assert next(places) == Place(2, 16)
    fake.lines.leave(first)
    assert next(places) == Place(1, 15)


def test_what_is_forgotten_takes_no_memory() -> None:
    fake = Fake()
    for number in range(100):
        one = Ticket(f"one/{number}", "someone", 0.0, 1)
        fake.wait(one)
        fake.lines.answered(one, None)
        fake.lines.leave(one)
    assert not fake.lines._lines  # pyright: ignore[reportPrivateUsage]
