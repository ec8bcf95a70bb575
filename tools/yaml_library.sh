#!/bin/sh
# tools/yaml_library.sh: writes the YAML library of the questionnaire's page anew from the package registry, in the version named here.
# `--check` says whether the file in the checkout is that of the package. Needs npm.
set -eu
VERSION=5.5.0
page=$(dirname "$0")/../questionnaires/page
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "js-yaml@$VERSION" >/dev/null && tar xzf "js-yaml-$VERSION.tgz")
sed '/^\/\/# sourceMappingURL/d' "$work/package/dist/browser/js-yaml.umd.min.js" >"$work/js-yaml.min.js"
if [ "${1:-}" = --check ]; then
    cmp "$work/js-yaml.min.js" "$page/js-yaml.min.js" && cmp "$work/package/LICENSE" "$page/js-yaml.LICENSE"
else
    cp "$work/js-yaml.min.js" "$page/js-yaml.min.js"
    cp "$work/package/LICENSE" "$page/js-yaml.LICENSE"
fi
