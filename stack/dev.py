"""`make dev`: a stack that stays, keeps its data and follows edits."""

import fcntl
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from stack import console, emulators, model, processes, rules
from stack.errors import StackError, Stopped
from stack.install import Installation
from stack.layout import CHECKOUT, FUNCTIONS, STACKS, VENV
from stack.ports import DEV_BASE, Ports, require_free
from stack.site import Site
from stack.stack import Plan, Stack, claimed, running
from stack.ticker import Ticker, call
from stack.watch import Watch

_SCHEDULED_EVERY = 60
_SAVED_EVERY = 180
_LOCK_FILES = (
    "functions/requirements.txt",
    "functions/requirements-dev.txt",
    "package-lock.json",
    "web/package-lock.json",
)
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
            # From before anything is read, so that an edit during the start is not missed.
            watched = _watched(plan, site)
            with (
                Installation(wanted_firestore) as installation,
                running(plan, installation, beside=site) as stack,
            ):
                _live(stack, site, watched)
        except Stopped:
            console.say("  Stopped; nothing is left running.")
    return 0


def _address_file(plan: Plan) -> Path:
    return plan.folder / "address"


_Reaction = Callable[[Stack, list[Path]], None]


def _watched(plan: Plan, site: Site) -> list[tuple[Watch, _Reaction]]:
    """What is watched from now on, and what an edit of it leads to."""
    return [
        (Watch(lambda: [CHECKOUT / "firestore.rules"]), _reload_rules),
        (Watch(lambda: [CHECKOUT / "storage.rules"]), _copy_storage_rules),
        (Watch(lambda: [*plan.setting_files, *_python_files()]), _replace_functions),
        (Watch(lambda: (CHECKOUT / name for name in _LOCK_FILES)), _tell_packages),
        (Watch(site.configuration_files), lambda _stack, _paths: site.restart()),
    ]


def _live(stack: Stack, site: Site, watched: list[tuple[Watch, _Reaction]]) -> None:
    plan = stack.plan
    # A launcher that is killed, or a machine that goes down, loses no more than this.
    saving = Ticker(_SAVED_EVERY, lambda: emulators.export(plan.folder / "data", plan.ports))
    tickers = [Ticker(_SCHEDULED_EVERY, lambda: _call_scheduled(stack)), saving]
    with console.step("Web app"):
        processes.wait_until(site.has_built, 120, "The web app's build")
    _announce(stack)
    try:
        while True:
            stack.tick()
            for watch, react in watched:
                if edits := watch.edits():
                    react(stack, edits)
            for ticker in tickers:
                ticker.tick()
            processes.pause(0.1)
    finally:
        saving.finish(30)


def _announce(stack: Stack) -> None:
    console.say(f"\n  {stack.plan.web_address}\n")
    if stack.model.state == "starting":
        console.say("  The local model is still being made ready; the app can be used already.")
    console.say(
        f"  Ready after {console.seconds(console.elapsed())}."
        f" Logs: {stack.plan.folder.relative_to(CHECKOUT)}/logs. Ctrl-C stops everything."
    )


def _replace_functions(stack: Stack, _: list[Path]) -> None:
    if stack.functions is not None:
        stack.functions.replace()


def _reload_rules(stack: Stack, _: list[Path]) -> None:
    source = CHECKOUT / "firestore.rules"
    wrong = rules.load(source, stack.plan.ports.firestore, stack.plan.project)
    if wrong:
        console.warn(f"firestore.rules: {wrong}\n    The rules from before the edit go on.")
    else:
        console.say("  ↻ firestore.rules loaded")


def _copy_storage_rules(stack: Stack, _: list[Path]) -> None:
    # The Storage emulator watches its copy; a broken one it reports and does not use.
    shutil.copyfile(CHECKOUT / "storage.rules", stack.plan.folder / "storage.rules")
    console.say("  ↻ storage.rules handed to the emulator")


def _call_scheduled(stack: Stack) -> None:
    if stack.functions is None or not stack.functions.serving:
        return
    for name, kind in stack.functions.triggers().items():
        if kind == "scheduleTrigger":
            call(stack.plan.functions_address, name)


def _tell_packages(_: Stack, paths: list[Path]) -> None:
    names = ", ".join(str(path.relative_to(CHECKOUT)) for path in paths)
    console.say(f"  ↻ {names} changed: start make dev again to install what is new")


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
