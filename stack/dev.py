"""`make dev`: a stack that stays, keeps its data and follows edits."""

import fcntl
import shutil
from collections.abc import Iterable
from pathlib import Path

from stack import console, model, processes, rules
from stack.errors import StackError, Stopped
from stack.install import Installation
from stack.layout import CHECKOUT, FUNCTIONS, STACKS, VENV
from stack.ports import DEV_BASE, Ports, require_free
from stack.site import Site
from stack.stack import Plan, Stack, claimed, running
from stack.ticker import Ticker
from stack.watch import Watch

_MODELS = {"": model.USUAL.name, "small": model.SMALL.name}


def dev(wanted_model: str, wanted_firestore: str, wanted_port: str) -> int:
    """Run until the person stops it; 0 then."""
    if wanted_port and not wanted_port.isdecimal():
        raise StackError(f"PORT={wanted_port} is no number.")
    plan = Plan(
        name="dev",
        ports=Ports(int(wanted_port or DEV_BASE)),
        model=_MODELS.get(wanted_model, wanted_model),
        private_settings=True,
        reaches_providers=True,
        lives=True,
    )
    with claimed(plan) as ours:
        if not ours:
            console.say(f"It is running already: {_address_file(plan).read_text()}")
            return 0
        _address_file(plan).write_text(plan.web_address)
        require_free(plan.ports)
        console.say("Starting ColonyCraft AI on this machine")
        try:
            site = Site(plan)
            with (
                Installation(wanted_firestore) as installation,
                running(plan, installation, beside=site) as stack,
            ):
                _live(stack, site)
        except Stopped:
            console.say("  Stopped; nothing is left running.")
    return 0


def _address_file(plan: Plan) -> Path:
    return plan.folder / "address"


def _live(stack: Stack, site: Site) -> None:
    plan = stack.plan
    watches = [
        Watch(lambda: [CHECKOUT / "firestore.rules"], lambda _: _reload_rules(stack)),
        Watch(lambda: [CHECKOUT / "storage.rules"], lambda _: _copy_storage_rules(stack)),
        Watch(lambda: [*plan.setting_files, *_python_files()], lambda _: _replace(stack)),
        Watch(site.configuration_files, lambda _: site.restart()),
    ]
    ticker = Ticker(plan.functions_address, lambda: _scheduled(stack))
    with console.step("Web app"):
        processes.wait_until(site.has_built, 120, "The web app's build")
    _announce(stack)
    while True:
        stack.tick()
        ticker.tick()
        for watch in watches:
            watch.tick()
        processes.pause(0.1)


def _announce(stack: Stack) -> None:
    console.say(f"\n  {stack.plan.web_address}\n")
    if stack.model.state == "starting":
        console.say("  The local model is still being made ready; the app can be used already.")
    console.say(
        f"  Ready after {console.seconds(console.elapsed())}."
        f" Logs: {stack.plan.folder.relative_to(CHECKOUT)}/logs. Ctrl-C stops everything."
    )


def _replace(stack: Stack) -> None:
    if stack.functions is not None:
        stack.functions.replace()


def _reload_rules(stack: Stack) -> None:
    source = CHECKOUT / "firestore.rules"
    wrong = rules.load(source, stack.plan.ports.firestore, stack.plan.project)
    if wrong:
        console.warn(f"firestore.rules: {wrong}\n    The rules from before the edit go on.")
    else:
        console.say("  ↻ firestore.rules loaded")


def _copy_storage_rules(stack: Stack) -> None:
    # The Storage emulator watches its copy; a broken one it reports and does not use.
    shutil.copyfile(CHECKOUT / "storage.rules", stack.plan.folder / "storage.rules")
    console.say("  ↻ storage.rules handed to the emulator")


def _scheduled(stack: Stack) -> list[str]:
    if stack.functions is None or not stack.functions.serving:
        return []
    triggers = stack.functions.triggers()
    return [name for name, kind in triggers.items() if kind == "scheduleTrigger"]


def _python_files() -> Iterable[Path]:
    for folder, folders, files in FUNCTIONS.walk():
        folders[:] = [n for n in folders if folder / n != VENV and not n.startswith((".", "__"))]
        yield from (folder / name for name in files if name.endswith(".py"))


def reset() -> int:
    """Delete the local data and everything else that stacks generated; caches stay."""
    plan_folder = STACKS / "dev"
    if not plan_folder.exists():
        console.say("There is no local data.")
        return 0
    with (plan_folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StackError("make dev is running: stop it first.") from None
    size = sum(path.stat().st_size for path in plan_folder.rglob("*") if path.is_file())
    shutil.rmtree(plan_folder)
    console.say(
        f"Deleted {plan_folder.relative_to(CHECKOUT)}: the local database, accounts, files and"
        f" logs ({size / 1e6:.1f} MB).\nKept: what is installed, compiled and downloaded."
    )
    return 0
