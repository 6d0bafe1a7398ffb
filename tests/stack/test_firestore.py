"""Which Firestore runs: by hand, found, compiled, or Google's."""

import os
import stat
from pathlib import Path

import pytest

from stack import firestore
from stack.errors import StackError


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is installed, and the caches are empty."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/nowhere")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("HIDANE", raising=False)


def choose(wanted: str = "") -> firestore.Engine:
    return firestore.choose(wanted, lambda: None)


@pytest.mark.parametrize("place", ["bin/hidane", "home/.cargo/bin/hidane"])
def test_an_installed_hidane_is_used(tmp_path: Path, place: str) -> None:
    found = program(tmp_path / place, f"echo hidane {firestore.VERSION}")
    assert choose().prefix == (str(found), "exec", "--")


def test_hidane_by_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mine = program(tmp_path / "mine", f"echo hidane {firestore.VERSION}")
    monkeypatch.setenv("HIDANE", str(mine))
    assert choose().prefix[0] == str(mine)


def test_another_version_is_passed_over_and_googles_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path / "bin" / "hidane", "echo hidane 0.5.9")
    program(tmp_path / "bin" / "java", """echo 'openjdk version "25.0.1"' >&2""")
    engine = choose()
    assert engine.prefix == ()
    assert "Java 25" in engine.description
    assert "Google's Firestore emulator runs" in capsys.readouterr().out


def test_a_failed_compilation_ends_with_googles_unless_hidane_is_asked_for(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "cargo", "echo 'error: no linker' >&2; exit 101")
    program(tmp_path / "bin" / "nice", 'shift 2; exec "$@"')
    program(tmp_path / "bin" / "java", """echo 'openjdk version "21"' >&2""")
    assert "Google's" in choose().description
    with pytest.raises(StackError, match="could not be compiled"):
        choose("hidane")


def test_hidane_is_compiled_for_a_short_compilation(tmp_path: Path) -> None:
    hidane = f"echo hidane {firestore.VERSION}"
    program(
        tmp_path / "bin" / "cargo",
        'test "$CARGO_PROFILE_RELEASE_OPT_LEVEL" = 1 || exit 101\n'
        'while [ "$1" != --root ]; do shift; done\n'
        'PATH=/usr/bin:/bin; mkdir -p "$2/bin"\n'
        f'printf \'#!/bin/sh\\n{hidane}\\n\' > "$2/bin/hidane"; chmod +x "$2/bin/hidane"',
    )
    assert choose("hidane").prefix[0].startswith(str(tmp_path / "cache"))


def test_googles_by_hand_though_hidane_is_there(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "hidane", f"echo hidane {firestore.VERSION}")
    program(tmp_path / "bin" / "java", """echo 'openjdk version "21"' >&2""")
    assert choose("official").prefix == ()


def test_another_word_is_refused() -> None:
    with pytest.raises(StackError, match="use hidane or official"):
        choose("postgres")


@pytest.mark.parametrize(
    ("said", "major"), [('version "1.8.0_392"', 8), ('version "17.0.15" 2025', 17), ("?", 0)]
)
def test_versions_of_java(tmp_path: Path, said: str, major: int) -> None:
    java = program(tmp_path / "java", f"echo '{said}' >&2")
    assert firestore.java_version(str(java)) == major
