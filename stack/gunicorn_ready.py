"""gunicorn's configuration file here: tells the launcher that main.py has been imported."""

import os
from pathlib import Path


def post_worker_init(_worker: object) -> None:
    """Touch the file that the launcher waits for."""
    Path(os.environ["COLONYCRAFT_READY"]).touch()
