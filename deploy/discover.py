"""What functions/main.py declares, as firebase-tools would discover it; run by functions/venv.

    cd functions && venv/bin/python3.13 ../deploy/discover.py

Prints one JSON object: `providers` (each known provider and its secret), `functions` (each one's
endpoint in the words of Firebase's manifest), and `problem`, which says why main.py does not
import, or is null. Not a part of the package `deploy`: it runs in another Python.
"""

import json
import sys
import traceback
from typing import Any, cast


def known_providers() -> dict[str, str]:
    """Each provider that there is code for, and the name of its secret."""
    from colonycraft import llm

    return {one.id: llm.secret_of(one.id) for one in llm.BUILT_IN}


def declared_functions() -> dict[str, Any]:
    """Each function's endpoint, by name. Imports main.py as firebase-functions does."""
    from firebase_functions.private import manifest, serving

    found = cast("dict[str, Any]", serving.get_functions())
    endpoints = {name: function.__firebase_endpoint__ for name, function in found.items()}
    stack = manifest.ManifestStack(endpoints=endpoints)
    return cast("Any", serving.to_spec(manifest.manifest_to_spec_dict(stack)))["endpoints"]


def cause(error: BaseException) -> str:
    """The error, and the last place in our own code that it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    at = f" ({ours[-1].filename}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}: {error}{at}"


def main() -> None:
    sys.path.insert(0, "")
    answer: dict[str, Any] = {"providers": {}, "functions": {}, "problem": None}
    try:
        answer["providers"] = known_providers()
        answer["functions"] = declared_functions()
    except Exception as error:
        answer["problem"] = cause(error)
    # Sentinels mean "back to the platform's default"; nothing here looks at them.
    print(json.dumps(answer, default=lambda _: None))


if __name__ == "__main__":
    main()
