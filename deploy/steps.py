"""The deployment: one step after the other, stopping at the first that fails.

Indexes and rules come first: a function whose query has no index yet fails, and a new page may
read what only the new rules allow. Hosting comes last, when everything is there that it calls.
"""

from dataclasses import dataclass

from deploy.cli import Firebase
from deploy.functions import Declared
from deploy.target import Target
from stack import console

_NO_CLEANUP_POLICY = "could not set up cleanup policy"
_DAYS_OF_IMAGES = "1"


@dataclass(frozen=True, slots=True)
class Step:
    """One `firebase deploy --only`."""

    what: str
    only: str


STEPS = (
    Step("indexes", "firestore:indexes"),
    Step("rules", "firestore:rules"),
    Step("functions", "functions"),
    Step("the web app", "hosting"),
)


def deploy(target: Target, firebase: Firebase, declared: Declared) -> bool:
    """Whether every step went well. What is live, and what is not, is said either way."""
    for number, step in enumerate(STEPS):
        console.say(f"\n{step.what}: firebase deploy --only {step.only}")
        if not _run(firebase, step, declared):
            _tell_failure(number)
            return False
    console.say(
        f"\nLive: https://{target.project}.web.app and https://{target.project}.firebaseapp.com\n"
        "New indexes may take some minutes to be built; until then the queries that need them fail."
    )
    return True


def _run(firebase: Firebase, step: Step, declared: Declared) -> bool:
    outcome = firebase.run("deploy", "--only", step.only)
    if outcome.code == 0 or step.only != "functions" or _NO_CLEANUP_POLICY not in outcome.output:
        return outcome.code == 0
    # The first time there is no rule yet for when to delete old images, and without a person to ask
    # firebase-tools ends here, whether or not every function was deployed.
    for region in sorted({one.region for one in declared.functions}):
        command = ("functions:artifacts:setpolicy", "--location", region, "--days", _DAYS_OF_IMAGES)
        if firebase.run(*command, "--force").code != 0:
            return False
    return firebase.run("deploy", "--only", step.only).code == 0


def _tell_failure(number: int) -> None:
    done = ", ".join(step.what for step in STEPS[:number]) or "nothing"
    left = ", ".join(step.what for step in STEPS[number + 1 :]) or "nothing"
    console.fail(
        f"Stopped: {STEPS[number].what} failed; the reason is above.\n"
        f"New and live: {done}. Perhaps in part: {STEPS[number].what}. As before: {left}.\n"
        "When the cause is gone, run the same command again: what has not changed is left alone."
    )
