#!/bin/sh
# tools/test_all.sh [ARGUMENTS OF PYTEST]: the tests under each supported version of Python that this machine has.
# A version is looked for by its name and among those of pyenv; what is not there is said, and is no failure.
set -eu
status=0
for version in 3.11 3.12 3.13 3.14; do
    python=
    for found in "$(command -v "python$version" || true)" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do
        if [ -x "$found" ] && "$found" -c "import sys, venv; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
            python=$found
            break
        fi
    done
    if [ -z "$python" ]; then
        echo "Python $version: not on this machine, left out"
        continue
    fi
    echo "Python $version: $("$python" --version)"
    home=build/python$version
    "$python" -m venv --clear "$home"
    "$home/bin/python" -m pip --disable-pip-version-check -qq install --no-compile --require-hashes -r requirements.lock
    "$home/bin/python" -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation -e .
    "$home/bin/python" -m pytest -n auto --dist loadscope --no-loadscope-reorder -p no:cacheprovider "$@" || status=1
done
exit $status
