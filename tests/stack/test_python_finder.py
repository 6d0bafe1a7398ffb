"""A Python 3.13 is found wherever it is, and one that does not run is passed over."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from stack.layout import CHECKOUT

FINDER = CHECKOUT / "stack" / "python.sh"
REAL = Path(sys.executable).resolve()


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def find(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    system = f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
    given = {"PATH": system, "HOME": str(tmp_path / "home")} | environment
    return subprocess.run(
        ["/bin/sh", str(FINDER)], capture_output=True, text=True, env=given, check=False
    )


@pytest.fixture
def no_system_python(tmp_path: Path) -> None:
    for name in ("python", "python3", "python3.13"):
        program(tmp_path / "bin" / name, "echo 'command not found' >&2; exit 127")


pytestmark = pytest.mark.usefixtures("no_system_python")


def test_on_path(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python3.13", f'exec {REAL} "$@"')
    assert find(tmp_path).returncode == 0


def test_by_hand(tmp_path: Path) -> None:
    chosen = program(tmp_path / "mine", f'exec {REAL} "$@"')
    assert find(tmp_path, PYTHON=str(chosen)).returncode == 0


def test_behind_a_shim_that_fails(tmp_path: Path) -> None:
    root = tmp_path / "pyenv"
    program(
        root / "shims" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127"
    )
    program(root / "versions" / "3.13.0" / "bin" / "python3.13", f'exec {REAL} "$@"')
    path = f"{root / 'shims'}{os.pathsep}{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
    assert find(tmp_path, PATH=path).returncode == 0


@pytest.mark.parametrize(
    "place", [".pyenv/versions/3.13.5/bin", ".local/share/uv/python/cpython-3.13.1-linux/bin"]
)
def test_in_the_home_of_a_version_manager(tmp_path: Path, place: str) -> None:
    program(tmp_path / "home" / place / "python3.13", f'exec {REAL} "$@"')
    assert find(tmp_path).returncode == 0


def test_python3_if_it_is_3_13(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python3", f'exec {REAL} "$@"')
    assert find(tmp_path).returncode == 0


def test_what_is_missing_is_said_plainly(tmp_path: Path) -> None:
    answer = find(tmp_path)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "Python 3.13 is missing" in answer.stderr
    assert "uv python install 3.13" in answer.stderr
