#!/usr/bin/env bash
# Build the wheel, install it in a new environment, and build a new issue with it alone.
set -eu
python=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" -m pip wheel --quiet --no-deps --wheel-dir "$folder/dist" .
"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "$folder"/dist/publish-*.whl
cd "$folder"
"$folder/venv/bin/publish" new demo
cd demo
"$folder/venv/bin/publish" build
test -s build/my-paper-2026-01-20.epub
test -s build/my-paper-2026-01-20-print.pdf
echo "the wheel works alone"
