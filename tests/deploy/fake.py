"""Stands in for firebase-tools and gcloud: writes down how it was called, and answers as it was told to.

FAKE_CALLS   a file that gets one JSON list a call: the program's name and its arguments
FAKE_ANSWERS a JSON object: the beginning of a command line -> what it prints, or
             {"error": text} or {"fails": text}, which end with exit code 1
"""

import json
import os
import sys
from pathlib import Path

words = [Path(sys.argv[0]).name, *sys.argv[1:]]
with Path(os.environ["FAKE_CALLS"]).open("a") as calls:
    calls.write(json.dumps(words) + "\n")
line = " ".join(words)
answers = json.loads(Path(os.environ["FAKE_ANSWERS"]).read_text())
fitting = max((begin for begin in answers if line.startswith(begin)), key=len, default=None)
answer = None if fitting is None else answers[fitting]
if isinstance(answer, dict) and "fails" in answer:
    print(answer["fails"])
    sys.exit(1)
if words[0] == "gcloud":
    if isinstance(answer, dict) and "error" in answer:
        print(answer["error"], file=sys.stderr)
        sys.exit(1)
    print(json.dumps(answer))
elif "--json" not in words:
    print(f"{line}: done")
elif isinstance(answer, dict) and "error" in answer:
    print(json.dumps({"status": "error", "error": answer["error"]}))
    sys.exit(1)
else:
    print(json.dumps({"status": "success", "result": answer}))
