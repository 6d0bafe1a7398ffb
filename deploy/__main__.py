"""`python -m deploy`, with PROJECT and DRY_RUN in the environment."""

import os
import sys

from deploy import deployment
from stack import console
from stack.errors import StackError

_NO = ("", "0", "no", "false")


def main() -> int:
    """Run the deployment; its exit code."""
    dry_run = os.environ.get("DRY_RUN", "").lower() not in _NO
    return deployment.run(os.environ.get("PROJECT", ""), dry_run=dry_run)


if __name__ == "__main__":
    try:
        code = main()
    except StackError as error:
        console.fail(str(error))
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
