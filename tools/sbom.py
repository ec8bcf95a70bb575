"""The bill of materials of what is shipped, as CycloneDX, and its licences against a list: `make sbom`.

Python packages are those that an installation brings, in the versions of this environment, which are those of
requirements.lock with their hashes; what is bundled is named with the digest of its file. No clock: the same packages
give the same bill.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from aiact_check.text import data_folder

TOP = data_folder()
TARGET = TOP / "build" / "sbom.cdx.json"
NAME = "aiact-check"
ALLOWED = {
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MIT-0", "MIT-CMU", "MPL-1.1", "MPL-2.0", "OFL-1.1",
    "0BSD", "CC0-1.0", "PSF-2.0", "Zlib",
}  # fmt: skip
"""What an Apache-2.0 program may bring or be made with."""
BY_CLASSIFIER = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
CHOSEN = {
    "axe-playwright-python": "MIT AND MPL-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyphen": "MPL-1.1",
}
"""Where a package leaves the choice (Pyphen is GPL 2, LGPL 2.1 or MPL 1.1) or does not say it as data."""
BUNDLED = (
    ("js-yaml", "questionnaires/page/js-yaml.min.js", "MIT"),
    *(("font", path, "OFL-1.1") for path in ("reports/fonts/*.woff2", "questionnaires/page/*.woff2")),
)


def key(name: str) -> str:
    """A name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, found: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
    """The packages that an installation brings, each with those it asks for itself."""
    found = {} if found is None else found
    if key(name) not in found:
        asked = (one for one in metadata.requires(name) or [] if not re.search(r"\bextra\s*==", one))
        names = {key(match[0]) for one in asked if (match := re.match(r"[\w.-]+", one))}
        found[key(name)] = sorted(other for other in names if _installed(other))
        for other in found[key(name)]:
            needed(other, found)
    return found


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:  # asked for by other systems or versions of Python only
        return False
    return True


def licence(name: str) -> str:
    """Under which licence a package is used, as an SPDX expression; its own words where it names none."""
    if name in CHOSEN:
        return CHOSEN[name]
    said: Any = metadata.metadata(name)
    if expression := said.get("License-Expression"):
        return str(expression)
    classifiers = [each.split(" :: ")[-1] for each in said.get_all("Classifier") or [] if each.startswith("License ::")]
    for each in classifiers:
        if each in BY_CLASSIFIER:
            return BY_CLASSIFIER[each]
    own = str(said.get("License") or "").strip().split("\n")[0]
    return BY_CLASSIFIER.get(own, own) or "none said"


def locked() -> list[str]:
    """Every package of requirements.lock that is installed here, those of development too."""
    lines = (TOP / "requirements.lock").read_text("utf-8")
    return [key(name) for name in re.findall(r"^([\w.-]+)==", lines, re.M) if _installed(name)]


def refused() -> Iterator[str]:
    """The packages and bundled files whose licence is not on the list, each with what it says."""
    for name in sorted({*needed(NAME), *locked()}):
        for one in re.split(r" AND | OR |[()]", licence(name)):
            if one.strip() and one.strip() not in ALLOWED:
                yield f"{name}: {one.strip()}"


def components() -> Iterator[dict[str, Any]]:
    """The packages and bundled files, as CycloneDX has them."""
    script = (TOP / "tools" / "yaml_library.sh").read_text("utf-8")
    version = re.findall(r"^VERSION=(\S+)$", script, re.M)[0]
    for name in sorted(needed(NAME)):
        if name != NAME:
            yield {
                "type": "library",
                "bom-ref": name,
                "name": name,
                "version": metadata.version(name),
                "licenses": [{"expression": licence(name)}],
                "purl": f"pkg:pypi/{name}@{metadata.version(name)}",
            }
    for kind, pattern, under in BUNDLED:
        for path in sorted(TOP.glob(pattern)):
            place = path.relative_to(TOP).as_posix()
            found: dict[str, Any] = {
                "type": "library" if kind == "js-yaml" else "file",
                "bom-ref": place,
                "name": kind if kind == "js-yaml" else place,
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
                "licenses": [{"expression": under}],
            }
            if kind == "js-yaml":
                found |= {"version": version, "purl": f"pkg:npm/js-yaml@{version}"}
            yield found


def bill() -> dict[str, Any]:
    """The bill of materials."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    parts = list(components())
    bundled = [part["bom-ref"] for part in parts if "/" in part["bom-ref"]]
    graph = needed(NAME)
    graph[NAME] = [*graph[NAME], *bundled]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": NAME,
                "name": NAME,
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": f"pkg:pypi/{NAME}@{project['version']}",
            }
        },
        "components": parts,
        "dependencies": [{"ref": name, "dependsOn": others} for name, others in sorted(graph.items())],
    }


def main() -> int:
    """Write the bill; 1 where a licence is not on the list."""
    wrong = list(refused())
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(bill(), indent=1) + "\n", "utf-8")
    print(*wrong, f"{TARGET}: {len(bill()['components'])} components, {len(wrong)} licences not on the list", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
