"""The circuit breaker and the memory of limits, with a clock of the test's own."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.calls.breaker import (
    COOL_DOWN,
    FAILURES,
    FORGOTTEN,
    LEAST,
    LONGEST_LIMIT,
    LONGEST_PAUSE,
    PAUSE,
    PROBE,
    Breaker,
)
from colonycraft.calls.health import Registry
from colonycraft.calls.policy import REACTIONS
from colonycraft.errors import (
    ConnectionFailed,
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

START = 1_800_000_000.0


def opened(now: float = START) -> Breaker:
    breaker = Breaker()
    for number in range(FAILURES):
        breaker.failed(now - LEAST + number * LEAST / (FAILURES - 1))
    return breaker


def test_it_opens_after_failures_in_a_row() -> None:
    breaker = Breaker()
    for number in range(FAILURES - 1):
        breaker.failed(START + number * LEAST)
        assert breaker.admit(START + number * LEAST)
    now = START + FAILURES * LEAST
    breaker.failed(now)
    assert not breaker.admit(now)
    assert breaker.wait(now) == PAUSE
    health = breaker.health(now)
    assert (health.state, health.since, health.until) == ("trouble", START, now + PAUSE)


def test_an_answer_between_them_makes_no_row() -> None:
    breaker = Breaker()
    for number in range(4 * FAILURES):
        breaker.failed(START + number * LEAST)
        if number % (FAILURES - 1) == 0:
            breaker.succeeded(START + number * LEAST)
        assert breaker.admit(START + number * LEAST)


def test_a_moment_is_no_trouble_however_many_fail_in_it() -> None:
    breaker = Breaker()
    for _ in range(10 * FAILURES):
        breaker.failed(START)
    assert breaker.admit(START)
    breaker.failed(START + LEAST)
    assert not breaker.admit(START + LEAST)


def test_half_open_it_lets_one_probe_through() -> None:
    breaker = opened()
    assert not breaker.admit(START + PAUSE - 0.1)
    assert breaker.admit(START + PAUSE)
    assert not breaker.admit(START + PAUSE)
    assert breaker.health(START + PAUSE).state == "trouble"


def test_a_probe_that_answers_closes_it() -> None:
    breaker = opened()
    assert breaker.admit(START + PAUSE)
    breaker.answering(START + PAUSE)
    assert breaker.admit(START + PAUSE)
    breaker.succeeded(START + PAUSE + 5)
    assert breaker.health(START + PAUSE + 5).state == "ok"
    breaker.failed(START + PAUSE + 6)
    assert breaker.admit(START + PAUSE + 6)


def test_a_probe_that_breaks_off_within_its_answer_opens_it_again() -> None:
    breaker = opened()
    assert breaker.admit(START + PAUSE)
    breaker.answering(START + PAUSE)
    breaker.failed(START + PAUSE + 5)
    assert not breaker.admit(START + PAUSE + 5)


def test_each_probe_that_fails_doubles_the_pause_up_to_the_longest() -> None:
    breaker, now = opened(), START
    pauses: list[float] = []
    for _ in range(5):
        wait = breaker.wait(now)
        assert wait is not None
        pauses.append(wait)
        now += wait
        assert breaker.admit(now)
        breaker.failed(now)
    assert pauses == [15, 30, 60, 60, 60]
    assert breaker.health(now).since == START - LEAST


def test_calls_that_were_made_before_it_opened_change_nothing() -> None:
    breaker = opened()
    for _ in range(20):
        breaker.failed(START + 1)
    assert breaker.wait(START + 1) == PAUSE - 1


def test_a_probe_of_which_nothing_is_heard_is_followed_by_another() -> None:
    breaker = opened()
    assert breaker.admit(START + PAUSE)
    breaker.left()
    assert breaker.admit(START + PAUSE)
    assert not breaker.admit(START + PAUSE + PROBE - 1)
    assert breaker.admit(START + PAUSE + PROBE)


def test_what_nobody_tried_again_is_forgotten() -> None:
    breaker = opened()
    later = START + FORGOTTEN + 1
    assert breaker.health(later).state == "ok"
    assert breaker.admit(later)
    assert breaker.admit(later)
    breaker.failed(later)
    assert breaker.failures == 1


def test_a_limit_holds_until_its_end() -> None:
    breaker = Breaker()
    breaker.limited(START, 20)
    assert breaker.wait(START + 1) == 19
    health = breaker.health(START + 1)
    assert (health.state, health.since, health.until) == ("limited", START, START + 20)
    breaker.limited(START + 1, 5)
    assert breaker.wait(START + 1) == 19
    assert breaker.admit(START + 20)
    assert breaker.health(START + 20).state == "ok"


def test_a_limit_is_believed_up_to_an_hour_and_not_below_a_second() -> None:
    breaker = Breaker()
    breaker.limited(START, 0.12)
    assert breaker.wait(START) is None
    breaker.limited(START, 1e9)
    assert breaker.wait(START) == LONGEST_LIMIT


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("admit", "failed", "succeeded", "answering", "limited", "cool", "left")),
            st.floats(0, 90),
        ),
        max_size=60,
    )
)  # fmt: skip
def test_it_never_stays_shut(steps: list[tuple[str, float]]) -> None:
    """Whatever happens, somebody may ask again: at most a probe's time or a limit later."""
    breaker, now = Breaker(), START
    for step, seconds in steps:
        now += seconds
        match step:
            case "admit":
                breaker.admit(now)
            case "failed":
                breaker.failed(now)
            case "succeeded":
                breaker.succeeded(now)
            case "answering":
                breaker.answering(now)
            case "limited":
                breaker.limited(now, seconds)
            case "cool":
                breaker.cool_down(now)
            case _:
                breaker.left()
        wait = breaker.wait(now) or 0.0
        assert wait <= max(LONGEST_PAUSE, PROBE)
        assert Breaker.of_fields(breaker.fields()).health(now) == breaker.health(now)
    assert breaker.admit(now + PROBE)


@dataclass
class Clock:
    now: float = START

    def __call__(self) -> float:
        return self.now


@dataclass
class Place:
    """A registry with a clock that the test moves."""

    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.registry = Registry(clock=self.clock)

    def fail(self, error: ProviderError, model: str = "mistral/large", every: float = 3) -> int:
        """Asks until it is refused, at most 10 times; how often it was let through."""
        for number in range(10):
            try:
                self.registry.admit(model, "Large")
            except ProviderError:
                return number
            self.registry.failed(model, error)
            self.clock.now += every
        return 10


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.mark.parametrize("kind", [Overloaded, ConnectionFailed, DeadlineExceeded])
def test_what_says_that_the_provider_is_in_trouble_opens_it(
    place: Place, kind: type[ProviderError]
) -> None:
    assert place.fail(kind("provider-rejected")) == FAILURES
    assert place.registry.of_model("mistral/large").state == "trouble"
    with pytest.raises(Overloaded, match=r"Large has been in trouble for 15 s\. .* again in 12 s"):
        place.registry.admit("mistral/large", "Large")
    place.registry.admit("mistral/small", "Small")
    place.registry.admit("openai/large", "Large")


@pytest.mark.parametrize(
    "kind", [ProviderRejected, ModelNotFound, ContextOverflow, MalformedResponse]
)
def test_a_400_never_opens_it(place: Place, kind: type[ProviderError]) -> None:
    assert place.fail(kind("provider-rejected")) == 10
    assert place.registry.of_model("mistral/large").state == "ok"
    assert place.registry.of_connection("mistral").state == "ok"


@pytest.mark.parametrize("kind", [ProviderAuthentication, QuotaExhausted])
def test_401_and_insufficient_quota_cool_the_connection_down_at_once(
    place: Place, kind: type[ProviderError]
) -> None:
    registry = place.registry
    registry.failed("mistral/large", kind("provider-rejected"))
    assert registry.of_connection("mistral").state == "trouble"
    assert registry.of_model("mistral/small").state == "trouble"
    assert registry.of_connection("openai").state == "ok"
    choices = ["mistral/large", "openai/mini", "mistral/small", "ollama/x"]
    in_order = registry.in_order(choices, lambda one: one.partition("/")[0])
    assert in_order == ["openai/mini", "ollama/x", "mistral/large", "mistral/small"]
    registry.admit("mistral/large", "Large")  # a new key is tried at once where nothing else is
    registry.succeeded("mistral/large")
    assert registry.of_connection("mistral").state == "ok"
    registry.failed("mistral/large", kind("provider-rejected"))
    place.clock.now += COOL_DOWN
    assert registry.in_order(choices, lambda one: one.partition("/")[0]) == choices


def test_every_error_has_its_row() -> None:
    def classes(kind: type[ProviderError]) -> set[type[ProviderError]]:
        return {kind}.union(*(classes(one) for one in kind.__subclasses__()))

    own = {one for one in classes(ProviderError) if one.__module__ == "colonycraft.errors"}
    assert set(REACTIONS) == own - {ProviderError}
    assert {one for one in own if one.retryable} == {
        one for one, row in REACTIONS.items() if row.retry != "never"
    }


def test_a_connection_is_in_trouble_when_several_models_are_and_none_answers(place: Place) -> None:
    place.fail(Overloaded("provider-busy"))
    assert place.registry.of_connection("mistral").state == "ok"
    place.fail(Overloaded("provider-busy"), "mistral/small")
    assert place.registry.of_connection("mistral").state == "trouble"
    place.registry.succeeded("mistral/tiny")
    assert place.registry.of_connection("mistral").state == "ok"


def test_a_429_is_remembered_for_as_long_as_it_says(place: Place) -> None:
    registry = place.registry
    registry.failed("mistral/large", RateLimited("provider-limit", retry_after=20))
    with pytest.raises(RateLimited, match="again in 20 s") as refused:
        registry.admit("mistral/large", "Large")
    assert refused.value.retry_after == 20
    assert registry.of_model("mistral/large").state == "limited"
    assert registry.of_connection("mistral").state == "ok"
    registry.admit("mistral/small", "Small")
    place.clock.now += 20
    registry.admit("mistral/large", "Large")


def test_provider_down_for_10_minutes_opens_probes_and_recovers(place: Place) -> None:
    """A call each second for 11 minutes; the provider is away for the first ten."""
    asked: list[float] = []
    answered: list[float] = []
    for _ in range(660):
        elapsed = place.clock.now - START
        try:
            place.registry.admit("mistral/large", "Large")
        except Overloaded:
            pass
        else:
            asked.append(elapsed)
            if elapsed < 600:
                place.registry.failed("mistral/large", Overloaded("provider-busy"))
            else:
                place.registry.succeeded("mistral/large")
                answered.append(elapsed)
        if elapsed == 180:
            health = place.registry.of_model("mistral/large")
            assert (health.state, health.since) == ("trouble", START)
        place.clock.now += 1
    first_row = [at for at in asked if at <= LEAST]
    probes = [at for at in asked if LEAST < at < 600]
    assert len(first_row) == LEAST + 1
    assert len(probes) == 11
    assert answered[0] <= 600 + LONGEST_PAUSE
    assert answered == [float(at) for at in range(int(answered[0]), 660)]
    assert place.registry.of_model("mistral/large").state == "ok"
