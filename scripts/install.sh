#!/usr/bin/env bash
# Make .venv and install a lock file into it: with uv when it can be had, with pip otherwise.
# Usage: scripts/install.sh PYTHON LOCK
set -euo pipefail
python=$1 lock=$2
if [ -z "$python" ]; then
  echo "No Python found. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11" >&2
  exit 1
fi
"$python" - <<'CHECK' || exit 1
import sys
if not (3, 11) <= sys.version_info[:2] < (3, 14):
    sys.exit(f"Python {sys.version.split()[0]} is too old or too new: 3.11 to 3.13 are known to work. Name one: make PYTHON=/path/to/python3.11")
CHECK
[ -x .venv/bin/python ] || "$python" -m venv .venv
if command -v uv >/dev/null; then
  uv=uv
elif [ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null; then
  uv=.venv/bin/uv
else
  uv=
fi
echo "Installing $(grep -c '==' "$lock") packages from $lock ..."
if [ -n "$uv" ]; then
  "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
  "$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
