"""Writes what is generated from the operation table: `python contract.py [--check]`.

`web/src/contract/contract.json` for the web client, `docs/operations.md` for people. With --check
nothing is written, and the exit status is 1 when a file is not what it would be.
"""

import json
import sys
from pathlib import Path

from colonycraft.door.contract import contract, reference
from main import OPERATIONS

ROOT = Path(__file__).resolve().parent.parent
OUTPUTS = {
    ROOT / "web/src/contract/contract.json": lambda: (
        json.dumps(contract(OPERATIONS), indent=2, ensure_ascii=False) + "\n"
    ),
    ROOT / "docs/operations.md": lambda: reference(OPERATIONS),
}


def main(arguments: list[str]) -> int:
    made = {path: make() for path, make in OUTPUTS.items()}
    stale = [path for path in made if not path.exists() or path.read_text() != made[path]]
    for path in stale:
        shown = path.relative_to(ROOT)
        if "--check" in arguments:
            print(f"{shown} is not what the operation table says: run `make contract`")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path])
            print(f"wrote {shown}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
