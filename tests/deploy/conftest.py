"""Checkouts to deploy from; nothing here reaches Google."""

from pathlib import Path

import pytest

from support.checkouts import Checkout, Deployed, make_checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return make_checkout(tmp_path / "checkout")


@pytest.fixture(scope="session")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """A dry run of a project where everything is in order."""
    return make_checkout(tmp_path_factory.mktemp("in-order") / "checkout").deploy(dry_run=True)
