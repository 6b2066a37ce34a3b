#!/usr/bin/env bash
# Resolve pyproject.toml into hashed lock files that hold no address of any registry.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
common=(--generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal --quiet)
"$uv" pip compile "${common[@]}" pyproject.toml -o requirements.lock
"$uv" pip compile "${common[@]}" -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock
