#!/bin/sh
# tools/system-libraries.sh PYTHON: sees to it that PYTHON can make a virtual environment and that WeasyPrint will find Pango.
# Installs what is missing with apt-get as root or through sudo without a password; else says in one line what to install.
set -eu
python=${1:-}

say() { echo "aiact-check: $*" >&2; exit 1; }

[ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    say "install Python 3.11 or newer (make PYTHON=/path/to/python3.11 names one)"

missing() {
    "$python" - <<'PY'
import ctypes, ctypes.util, importlib.util, os, sys

def loads(soname, name):
    if sys.platform == "linux":
        try:
            return bool(ctypes.CDLL(soname))
        except OSError:
            return False
    homes = [f"{home}/lib/lib{name}.dylib" for home in ("/opt/homebrew", "/usr/local", "/opt/local")]
    return bool(ctypes.util.find_library(name)) or any(map(os.path.exists, homes))

wanted = [] if importlib.util.find_spec("ensurepip") else ["python{}.{}-venv".format(*sys.version_info)]
if sys.platform == "linux":
    libraries = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz-subset": "libharfbuzz-subset0"}
else:
    libraries = {"pango-1.0": "pango"}
print(*wanted, *[package for name, package in libraries.items() if not loads(f"lib{name}.so.0", name)])
PY
}

packages=$(missing)
[ -z "$packages" ] && exit 0
if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then root=; elif sudo -n true 2>/dev/null; then root="sudo -n"; else
        say "please run once: sudo apt-get install $packages"
    fi
    echo "Installing $packages"
    log=$(mktemp)
    { $root apt-get update -qq
      $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } >"$log" 2>&1 ||
        { tail -n 5 "$log" >&2; rm -f "$log"; say "apt-get could not install: $packages"; }
    rm -f "$log"
    packages=$(missing)
    [ -z "$packages" ] && exit 0
fi
say "please install: $packages (names as in Debian; on macOS: brew install pango)"
