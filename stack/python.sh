#!/bin/sh
# Prints the path of a Python 3.13 that really runs, or says what is missing.
# The runtime of the deployed functions is 3.13, and the emulators call it by that name.
# A version manager's shim may be on PATH and still fail, so every candidate is tried.

try() {
    [ -n "$1" ] || return 1
    found=$("$1" -c 'import sys; print(sys.executable if sys.version_info[:2] == (3, 13) else "")' 2>/dev/null) || return 1
    [ -n "$found" ] || return 1
    echo "$found"
    exit 0
}

try "$PYTHON"
try python3.13

shims=$(command -v python3.13 2>/dev/null)
for root in "$PYENV_ROOT" "${shims%/shims/*}" "$HOME/.pyenv"; do
    [ -n "$root" ] || continue
    for candidate in "$root"/versions/3.13*/bin/python3.13; do
        try "$candidate"
    done
done

if command -v uv >/dev/null 2>&1; then
    try "$(uv python find 3.13 2>/dev/null)"
fi
for candidate in "${XDG_DATA_HOME:-$HOME/.local/share}"/uv/python/cpython-3.13*/bin/python3.13 \
    /opt/homebrew/bin/python3.13 /usr/local/bin/python3.13 \
    /Library/Frameworks/Python.framework/Versions/3.13/bin/python3.13; do
    try "$candidate"
done
try python3
try python

cat >&2 <<'MISSING'
Python 3.13 is missing: the functions run on it, here and deployed.
Install it by one of these and run the command again:
  uv python install 3.13
  pyenv install 3.13
  brew install python@3.13        (macOS)
  apt-get install python3.13-venv (Debian 13, Ubuntu 25.04 or newer)
Or name one that is elsewhere: make dev PYTHON=/path/to/python3.13
MISSING
exit 1
