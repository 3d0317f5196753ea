#!/usr/bin/env bash
# Makes .venv-peers, the environment of the programs that `python -m evaluation peers` compares with.
set -euo pipefail
cd "$(dirname "$0")/../.."
source ./setup.sh
python=.venv-peers/bin/python
pip=("$python" -m pip install --quiet --disable-pip-version-check --only-binary=:all:)
if [ ! -x "$python" ]; then
    found=$(find_python)
    echo "Making .venv-peers …"
    "$found" -m venv .venv-peers
fi
echo "Installing requirements-peers.txt (some minutes the first time) …"
# torch first and without what it depends on, so that no CUDA library is fetched with it.
"${pip[@]}" --no-deps "$(grep '^torch==' requirements-peers.txt)"
cuda=$("$python" -c 'import importlib.util as u, pathlib, runpy
print(runpy.run_path(str(pathlib.Path(u.find_spec("torch").origin).with_name("version.py")))["cuda"])')
if [ "$cuda" != None ]; then
    echo "pip chose a torch for CUDA $cuda. Remove .venv-peers, set PIP_EXTRA_INDEX_URL to an index" \
        "of CPU builds of torch and run this again." >&2
    exit 1
fi
"${pip[@]}" -r requirements-peers.txt
echo "Done. Run: python -m evaluation peers"
