#!/bin/sh
# Make .venv fit to run Kaname (`run`) or to test it as well (`dev`).  Needs nothing but a Python of 3.12 to 3.14.
set -eu

FITS='import sys; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 14))'

fitting_python() {
    for candidate in \
        "${PYTHON:-}" python3.13 python3.12 python3.14 python3 python \
        "$HOME"/.pyenv/versions/3.1[234]*/bin/python /opt/homebrew/bin/python3.1[234] /usr/local/bin/python3.1[234] \
        "$HOME"/.local/bin/python3.1[234]; do
        if [ -n "$candidate" ] && "$candidate" -c "$FITS" 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    echo "Kaname needs Python 3.12, 3.13 or 3.14, and none was found. Install one, or name it: make run PYTHON=/path/to/python3.13" >&2
    echo "Kaname には Python 3.12~3.14 が必要ですが、見つかりませんでした。インストールするか、make run PYTHON=/path/to/python3.13 のように指定してください。" >&2
    exit 1
}

if ! .venv/bin/python -c "$FITS" 2>/dev/null; then
    python=$(fitting_python)
    echo "Setting up with $python; this takes about a minute the first time." >&2
    if ! "$python" -m venv --clear .venv; then
        echo "Its venv module is incomplete; on Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
fi
if ! [ -x .venv/bin/uv ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi
case "$1" in
    run) .venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --editable . ;;
    dev)
        .venv/bin/uv pip install --quiet --python .venv/bin/python --editable . --group dev
        if command -v npm >/dev/null; then
            (cd islands/plan && npm ci --silent --ignore-scripts --no-audit --no-fund)
        fi
        ;;
esac
touch ".venv/stamp-$1"
