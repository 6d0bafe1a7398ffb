"""Copies of this checkout whose firebase and gcloud are programs that only take notes."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colonycraft import llm

ROOT = Path(__file__).resolve().parent.parent.parent
FAKE = ROOT / "tests" / "deploy" / "fake.py"
PROJECT = "my-project"
PLACES = ("deploy", "stack", "functions")
FILES = (
    "Makefile", "package.json", "firebase.json", ".firebaserc", "firestore.rules",
    "firestore.indexes.json", "storage.rules",
)  # fmt: skip
ACCOUNTS = [
    f"colonycraft-{name}@{PROJECT}.iam.gserviceaccount.com"
    for name in ("api", "chat", "sweep", "worker", *(one.id for one in llm.BUILT_IN))
]
_EVERY_ACCOUNT = [f"serviceAccount:{email}" for email in ACCOUNTS]
ENABLED = {"secrets": [{"versionId": "1", "state": "ENABLED"}]}
IN_ORDER: dict[str, Any] = {
    "firebase projects:list": [{"projectId": PROJECT, "displayName": "Mine"}],
    "firebase apps:list": [{"displayName": "ColonyCraft"}],
    "firebase firestore:databases:list": [
        {
            "name": f"projects/{PROJECT}/databases/(default)",
            "locationId": "eur3",
            "type": "FIRESTORE_NATIVE",
        }
    ],
    "firebase firestore:indexes": {"indexes": [], "fieldOverrides": []},
    "firebase functions:secrets:get": ENABLED,
    "firebase functions:list": [],
    "gcloud iam service-accounts list": [{"email": email} for email in ACCOUNTS],
    "gcloud projects get-iam-policy": {
        "bindings": [
            {"role": role, "members": _EVERY_ACCOUNT}
            for role in (
                "roles/datastore.user",
                "roles/cloudtasks.enqueuer",
                "roles/run.invoker",
                "roles/firebaseauth.viewer",
            )
        ]
    },
    "gcloud iam service-accounts get-iam-policy": {
        "bindings": [{"role": "roles/iam.serviceAccountUser", "members": _EVERY_ACCOUNT}]
    },
    "gcloud run services get-iam-policy": {"bindings": []},
}


@dataclass(frozen=True)
class Deployed:
    """How `make deploy` went, and how it called firebase and gcloud."""

    code: int
    output: str
    calls: list[list[str]]

    @property
    def deployed(self) -> list[str]:
        """The targets of `firebase deploy --only`, in order."""
        return [call[call.index("--only") + 1] for call in self.calls if call[1] == "deploy"]

    def line(self, begin: str) -> str:
        """The plan's only line that begins like this, with its mark or without it."""
        marked = [one.strip() for one in self.output.splitlines() if one[2:3] in tuple("✓!✗?")]
        lines = [
            one for one in marked if one.startswith(begin) or one[1:].strip().startswith(begin)
        ]
        assert len(lines) == 1, f"{len(lines)} lines begin with {begin} in:\n{self.output}"
        return lines[0]


@dataclass
class Checkout:
    """A copy of this checkout with a web app that builds at once."""

    folder: Path
    answers: dict[str, Any] = field(default_factory=lambda: dict(IN_ORDER))

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def set(self, **settings: str) -> None:
        """Settings of the project alone."""
        lines = [f"{name}={value}" for name, value in settings.items()]
        self.write(f"functions/.env.{PROJECT}", "\n".join(lines) + "\n")

    def deploy(
        self, *, dry_run: bool = False, project: str = PROJECT, **environment: str
    ) -> Deployed:
        """Run `make deploy` outside this process."""
        calls, answers = self.folder / "calls.jsonl", self.folder / "answers.json"
        calls.unlink(missing_ok=True)
        answers.write_text(json.dumps(self.answers))
        given = {
            name: os.environ[name]
            for name in ("HOME", "PYTHON", "XDG_CACHE_HOME")
            if name in os.environ
        }
        given |= {
            "PATH": os.pathsep.join((str(self.folder / "programs"), os.environ["PATH"])),
            "FAKE_CALLS": str(calls),
            "FAKE_ANSWERS": str(answers),
            "FUNCTIONS_DISCOVERY_TIMEOUT": "60",
            "DRY_RUN": "1" if dry_run else "",
            "PROJECT": project,
        }
        done = subprocess.run(
            ["make", "--silent", "deploy"],
            cwd=self.folder,
            env=given | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        lines = calls.read_text().splitlines() if calls.exists() else []
        noted = [json.loads(line) for line in lines]
        return Deployed(done.returncode, done.stdout + done.stderr, noted)


def make_checkout(folder: Path) -> Checkout:
    """A copy in `folder`, with everything in order in its project."""
    folder.mkdir()
    left_out = shutil.ignore_patterns("venv", "__pycache__", "*.local", ".env.*")
    for place in PLACES:
        shutil.copytree(ROOT / place, folder / place, ignore=left_out)
    for file in FILES:
        shutil.copy(ROOT / file, folder / file)
    (folder / "functions" / "venv").symlink_to((ROOT / "functions" / "venv").resolve())
    modules = folder / "node_modules"
    (modules / ".bin").mkdir(parents=True)
    (folder / "programs").mkdir()
    for program in (modules / ".bin" / "firebase", folder / "programs" / "gcloud"):
        program.write_text(f"#!{sys.executable} -SE\n{FAKE.read_text()}")
        program.chmod(0o755)
    version = json.loads((ROOT / "package.json").read_text())["devDependencies"]["firebase-tools"]
    (modules / "firebase-tools").mkdir()
    (modules / "firebase-tools" / "package.json").write_text(json.dumps({"version": version}))
    web = folder / "web"
    (web / "scripts").mkdir(parents=True)
    (web / "node_modules").mkdir()
    (web / "package.json").write_text("{}")
    (web / "build").write_text("mkdir -p dist && echo built > dist/index.html\n")
    (web / "scripts" / "budgets.ts").touch()
    for name, script in (("npm", '"./$3"'), ("node", '"$1"')):
        program = folder / "programs" / name
        program.write_text(f"#!/bin/sh\nexec sh {script}\n")
        program.chmod(0o755)
    checkout = Checkout(folder)
    checkout.set(OLLAMA_HOST="https://ollama.com")
    return checkout
