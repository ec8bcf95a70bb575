#!/bin/sh
# tools/browser.sh: sees to it that the tests which open a report in a browser find chromium.
# On Debian it installs it with apt-get as root or through sudo without a password; elsewhere says that those tests are left out.
set -eu
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null && exit 0
if ! grep -qs "^ID=debian" /etc/os-release; then root=none
elif [ "$(id -u)" = 0 ]; then root=
elif sudo -n true 2>/dev/null; then root="sudo -n"
else root=none; fi
if [ "$root" = none ]; then
    echo "aiact-check: no chromium, so the tests in a browser are left out (CHROMIUM=/path/to/it names one)" >&2
    exit 0
fi
echo "Installing chromium, for the tests in a browser"
log=$(mktemp)
{ $root apt-get update -qq
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >"$log" 2>&1 ||
    { tail -n 5 "$log" >&2; rm -f "$log"; echo "aiact-check: apt-get could not install chromium" >&2; exit 1; }
rm -f "$log"
