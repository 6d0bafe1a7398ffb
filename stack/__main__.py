"""The commands behind the Makefile: `python -m stack dev|test|check|soak|bench|reset|...`."""

import os
import sys

from stack import console, dev, processes, suite, with_stack
from stack.errors import StackError, Stopped


def main(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    processes.stop_on_signals()
    model = os.environ.get("MODEL", "")
    firestore = os.environ.get("FIRESTORE", "")
    match arguments:
        case ["dev"]:
            return dev.dev(model, firestore, os.environ.get("PORT", ""))
        case ["with-stack"]:
            return with_stack.with_stack(os.environ.get("CMD", ""), model, firestore)
        case ["check"]:
            return suite.check(firestore)
        case ["test"]:
            return suite.test(model, firestore)
        case ["soak"]:
            return suite.soak(os.environ.get("N", ""), os.environ.get("SEED", ""), firestore)
        case ["contract"]:
            return suite.generate()
        case ["format"]:
            return suite.tidy()
        case ["bench"]:
            return with_stack.bench(model, firestore)
        case ["reset"]:
            return dev.reset()
        case _:
            raise StackError(f"Unknown command: {' '.join(arguments)}. See: make help")


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except StackError as error:
        console.fail(str(error))
        code = 1
    except Stopped:
        console.say("  Stopped; nothing is left running.")
        code = 130
    sys.exit(code)
