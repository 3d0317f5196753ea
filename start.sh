#!/usr/bin/env bash
# Builds the library where there is none yet, then starts Findings: ./start.sh [streamlit options].
# Installs nothing. ./run, the container and the systemd unit all start the program by this.
set -euo pipefail
cd "$(dirname "$0")"
python=${FINDINGS_PYTHON_READY:-.venv/bin/python}
corpus=${FINDINGS_CORPUS:-corpus}
index=${FINDINGS_INDEX:-index}
if [ ! -e "$corpus" ]; then
    echo "There is no folder $corpus yet: the bundled digests are copied there."
    cp -r corpus "$corpus"
fi
if [ -z "${FINDINGS_STORE:-}" ] && [ ! -e "$index/current" ]; then
    echo "Building the library from $corpus/ (once; a minute or two) …"
    # A file that cannot be read is named and does not keep the others from being served.
    "$python" -m indexer build --corpus "$corpus" --index "$index" || [ -e "$index/current" ]
fi
# Each fault is a sentence; only what makes starting useless is left to stop it.
"$python" -m guarding check || echo "Findings starts all the same." >&2
port=${FINDINGS_PORT:-8501}
echo "Findings is starting. Open http://localhost:$port in a browser. Stop it with Ctrl+C."
exec "$python" -m streamlit run serve.py --server.port "$port" \
    --server.maxUploadSize "${FINDINGS_UPLOAD_MB:-50}" \
    --server.address "${FINDINGS_ADDRESS:-localhost}" "$@"
