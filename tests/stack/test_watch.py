"""Edits are noticed once they have been quiet for a moment."""

from pathlib import Path

import pytest

from stack import watch


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[watch.Watch, list[list[str]]]:
    monkeypatch.setattr(watch, "_INTERVAL", 0)
    told: list[list[str]] = []
    watched = watch.Watch(
        lambda: tmp_path.glob("*.py"), lambda paths: told.append([path.name for path in paths])
    )
    return watched, told


def test_an_edit_is_told_once_and_only_when_quiet(
    ticks: tuple[watch.Watch, list[list[str]]], tmp_path: Path
) -> None:
    watched, told = ticks
    (tmp_path / "a.py").write_text("1")
    watched.tick()
    (tmp_path / "b.py").write_text("1")
    watched.tick()
    assert told == []
    watched.tick()
    watched.tick()
    assert told == [["a.py", "b.py"]]


def test_a_deleted_file_is_an_edit(
    ticks: tuple[watch.Watch, list[list[str]]], tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text("1")
    watched, told = ticks
    for _ in range(2):
        watched.tick()
    told.clear()
    (tmp_path / "a.py").unlink()
    for _ in range(2):
        watched.tick()
    assert told == [["a.py"]]


def test_other_files_are_no_edit(
    ticks: tuple[watch.Watch, list[list[str]]], tmp_path: Path
) -> None:
    watched, told = ticks
    (tmp_path / "notes.txt").write_text("1")
    for _ in range(3):
        watched.tick()
    assert told == []
