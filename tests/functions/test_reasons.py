"""Each error is raised for a reason of the table, with the parameters that this has."""

import ast
from collections.abc import Iterator
from inspect import getmembers, isclass
from pathlib import Path

import pytest

from colonycraft import errors
from colonycraft.chat.turn import _SHORT
from colonycraft.errors import ColonyCraftError, NotFound, ProviderRejected, RateLimited
from colonycraft.reasons import KINDS, REASONS, parameters_of

CODE = Path(__file__).resolve().parents[2] / "functions/colonycraft"
CLASSES = {name for name, one in getmembers(errors, isclass) if issubclass(one, ColonyCraftError)}
OF_ALL = {"message", "retry_after", "code", "http_status", None}
"""What an error takes beside its parameters; None is what is passed on from a provider's fault."""
MADE = {
    "chat/turn.py: _SHORT[reason]": set(_SHORT.values()),
    "calls/attempts.py: f'late-{watch.missed}'": {"late-first-token", "late-idle", "late-total"},
    "usage/export_rows.py: reason": set[str](),
}
"""Where a reason is not written out, and those that it can be."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and name_of(node) in {*CLASSES, "wrong"}:
                yield str(path.relative_to(CODE)), node


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


WRITTEN = [
    pytest.param(call, call.args[0].value, id=f"{path}:{call.lineno}")
    for path, call in calls()
    if isinstance(call.args[0], ast.Constant)
]


@pytest.mark.parametrize(("call", "reason"), WRITTEN)
def test_an_error_has_a_reason_of_the_table_with_its_parameters(
    call: ast.Call, reason: str
) -> None:
    given = {one.arg for one in call.keywords} - OF_ALL
    if name_of(call) == "wrong":  # which adds the field
        given.add("fields")
    assert given == set(parameters_of(reason))


def test_reasons_that_are_not_written_out_are_known_here() -> None:
    found = {
        f"{path}: {ast.unparse(call.args[0])}"
        for path, call in calls()
        if not isinstance(call.args[0], ast.Constant)
    }
    assert found == set(MADE)
    assert all(parameters_of(one) == {} for made in MADE.values() for one in made)


def test_each_reason_is_one_of_some_error() -> None:
    written = {reason for parameter in WRITTEN for reason in parameter.values[1:]}
    written |= {"answer-cut", "provider-rejected"}  # by `super().__init__` and `of`
    assert set(REASONS) == written.union(*MADE.values())


def test_each_parameter_is_of_a_kind() -> None:
    kinds = {kind for reason in REASONS for kind in parameters_of(reason).values()}
    assert kinds == set(KINDS)


def test_an_error_says_its_reason_with_its_parameters() -> None:
    error = RateLimited("model-limited", retry_after=2.5, model="Large", seconds=3)
    assert error.message == str(error)
    assert error.message == (
        "Large: the provider's rate limit is reached. It can be asked again in 3 s."
    )
    assert error.details == {"reason": "model-limited", "model": "Large", "seconds": 3}


def test_what_is_for_programs_is_not_said() -> None:
    error = errors.RunActive("run-active", run_id="r1")
    assert error.message == "An answer is still being written here."
    assert error.details == {"reason": "run-active", "runId": "r1"}


def test_an_error_may_say_what_another_says() -> None:
    error = ProviderRejected.of(NotFound("model-missing", model="a/b"), code="unsupported")
    assert (error.message, error.code) == ("There is no model called a/b.", "unsupported")
    assert error.details == {"reason": "model-missing", "model": "a/b"}


def test_there_is_no_error_without_a_reason() -> None:
    with pytest.raises(KeyError):
        NotFound("It is not there.")
