"""Ports: a taken one is told with its holder; two stacks never share one."""

import os
import socket
from pathlib import Path

import pytest

from stack import ports
from stack.errors import StackError


@pytest.fixture
def taken() -> tuple[socket.socket, int]:
    listener = socket.create_server((ports.HOST, 0))
    yield listener, listener.getsockname()[1]
    listener.close()


def test_a_taken_port_is_told_with_its_holder_and_what_to_do(
    taken: tuple[socket.socket, int],
) -> None:
    _, number = taken
    with pytest.raises(StackError) as told:
        ports.require_free(ports.Ports(number))
    text = str(told.value)
    assert f"Port {number}, wanted for the web app, is taken by" in text
    assert f"process {os.getpid()}" in text
    assert "make dev PORT=" in text


def test_free_ports_pass() -> None:
    with ports.free_block() as block:
        ports.require_free(block)


def test_two_stacks_at_once_get_different_ports(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Locks of its own, and no look at the ports: other stacks start and end meanwhile.
    monkeypatch.setattr(ports, "cache", lambda: tmp_path)
    monkeypatch.setattr(ports, "is_free", lambda _: True)
    with ports.free_block() as one, ports.free_block() as other:
        assert not set(one.named().values()) & set(other.named().values())
    with ports.free_block() as again:
        assert again.base == one.base


def test_a_block_with_a_taken_port_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with ports.free_block() as held, socket.create_server((ports.HOST, held.base + 5)):
        monkeypatch.setattr(ports, "cache", lambda: tmp_path)
        with ports.free_block() as block:
            assert block.base != held.base


def test_ports_stay_out_of_the_range_of_the_functions_emulators_workers() -> None:
    with ports.free_block() as block:
        for used in (block, ports.Ports(ports.DEV_BASE)):
            numbers = [*used.named().values(), used.ollama, used.provider]
            assert len(set(numbers)) == len(numbers)
            assert not any(8081 <= number <= 9080 or number == 5000 for number in numbers)
