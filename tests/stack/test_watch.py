"""Edits are noticed once they have been quiet for a moment."""

from pathlib import Path

import pytest

from stack import watch


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> watch.Watch:
    monkeypatch.setattr(watch, "_INTERVAL", 0)
    (tmp_path / "old.py").write_text("1")
    return watch.Watch(lambda: tmp_path.glob("*.py"))


def names(edits: list[Path]) -> list[str]:
    return [path.name for path in edits]


def test_an_edit_is_told_once_and_only_when_quiet(watched: watch.Watch, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    assert watched.edits() == []
    (tmp_path / "b.py").write_text("1")
    assert watched.edits() == []
    assert names(watched.edits()) == ["a.py", "b.py"]
    assert watched.edits() == []


def test_a_deleted_file_is_an_edit(watched: watch.Watch, tmp_path: Path) -> None:
    (tmp_path / "old.py").unlink()
    assert watched.edits() == []
    assert names(watched.edits()) == ["old.py"]


def test_other_files_are_no_edit(watched: watch.Watch, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("1")
    assert [watched.edits() for _ in range(3)] == [[], [], []]
