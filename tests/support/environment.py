"""The stack that the tests run on, by its variables."""

import os

import pytest


def need(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        pytest.fail(f"{variable} is not set: run this by `make test`, or `make with-stack CMD=...`")
    return value
