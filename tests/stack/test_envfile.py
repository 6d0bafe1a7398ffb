"""Settings are read as firebase-tools reads them: its own parser is asked where it is there."""

import json
import subprocess
from pathlib import Path

import pytest

from stack import envfile
from stack.errors import StackError
from stack.layout import CHECKOUT, NODE_BIN

FILES = [
    "A=1\nB=two words\nC=\n",
    "A = spaced \n  B=indented\n",
    "export A=1\n",
    "# comment\n\nA=1 # trailing\nB='#no comment'\n",
    'A="line\\nbreak\\ttab \\"quoted\\" \\\\"\n',
    "A='as it is \\n'\n",
    'A="several\nlines"\nB=after\n',
    "A=1\r\nB=2\r\n",
    "A=first\nA=second\n",
    "A=https://host:1/v1?x=1&y=2\n",
    'A="unclosed\nB=2\n',
    "A='it''s'\n",
    "A=a=b=c\n",
    "A=ünïcödé 漢字\n",
    "A=1",
    "",
]
_PARSER = CHECKOUT / "node_modules" / "firebase-tools" / "lib" / "functions" / "env.js"


@pytest.mark.whole
@pytest.mark.parametrize("text", FILES)
def test_as_firebase_tools_does(text: str) -> None:
    script = (
        "const {parse} = require(process.argv[1]);"
        "process.stdout.write(JSON.stringify(parse(process.argv[2])))"
    )
    answer = subprocess.run(
        [NODE_BIN / "node", "-e", script, _PARSER, text], capture_output=True, check=True
    )
    theirs = json.loads(answer.stdout)
    if theirs["errors"]:
        with pytest.raises(StackError):
            envfile.parse(text)
    else:
        assert envfile.parse(text) == theirs["envs"]


def test_quotes_escapes_and_comments() -> None:
    text = "A=plain # comment\nB='#kept \\n'\nC=\"x\\ny\"\nexport D=1\n"
    assert envfile.parse(text) == {"A": "plain", "B": "#kept \\n", "C": "x\ny", "D": "1"}


@pytest.mark.parametrize("key", ["FIREBASE_X", "GCLOUD_PROJECT", "PORT", "X_GOOGLE_A", "lower"])
def test_what_firebase_refuses_is_refused(key: str) -> None:
    with pytest.raises(StackError, match=key):
        envfile.parse(f"{key}=1\n", ".env.local")


def test_a_broken_line_is_told_by_number_and_never_quoted() -> None:
    with pytest.raises(StackError) as told:
        envfile.parse("A=1\nsk-secret-key\n", ".secret.local")
    assert ".secret.local: cannot read line 2" in str(told.value)
    assert "sk-secret-key" not in str(told.value)


def test_a_later_file_wins_and_a_missing_one_is_no_error(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\nB=1\n")
    (tmp_path / ".env.local").write_text("B=2\n")
    names = (".env", ".env.demo", ".env.local")
    assert envfile.read(tmp_path / name for name in names) == {"A": "1", "B": "2"}
