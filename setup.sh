# Sourced by ./run and ./check: makes .venv with Python 3.11 and installs pinned requirements.
# Sets $python. A stamp with the requirements' checksum makes the second time quick.

find_python() {
    local candidate
    for candidate in "${FINDINGS_PYTHON:-}" python3.11 python3 python; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    echo "Findings needs Python 3.11. Install it, or set FINDINGS_PYTHON to its path." >&2
    return 1
}

install_requirements() {
    local file=$1 stamp wanted
    python=.venv/bin/python
    if [ ! -x "$python" ]; then
        local found
        found=$(find_python)
        echo "Making .venv …"
        "$found" -m venv .venv
    fi
    stamp=.venv/installed-$file
    wanted=$(cat requirements-dev.txt requirements.txt | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        echo "Installing $file (several minutes the first time) …"
        # torch first and alone: a looser resolution could choose a build many times its size.
        "$python" -m pip install --quiet --disable-pip-version-check "$(grep '^torch==' requirements.txt)"
        "$python" -m pip install --quiet --disable-pip-version-check -r "$file"
        echo "$wanted" | tee "$stamp" > .venv/installed-requirements.txt
    fi
}
