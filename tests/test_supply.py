"""What is shipped and made with: a bill of materials of all of it, licences on the list, versions of the lock file."""

from __future__ import annotations

import re

from tests.conftest import TOP
from tools import sbom


def test_the_bill_names_what_an_installation_brings_in_the_versions_of_the_lock_file() -> None:
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (TOP / "requirements.lock").read_text("utf-8"), re.M))
    versions = {sbom.key(name): version for name, version in locked.items()}
    bill = sbom.bill()
    named = {
        part["name"]: part["version"] for part in bill["components"] if part.get("purl", "").startswith("pkg:pypi")
    }
    assert {"weasyprint", "pydantic-core", "lxml", "pyphen"} <= set(named)
    assert {"pytest", "z3-solver", "ruff"}.isdisjoint(named)
    assert {name: versions[name] for name in named} == named
    known = {part["bom-ref"] for part in bill["components"]} | {sbom.NAME}
    assert {ref for entry in bill["dependencies"] for ref in (entry["ref"], *entry["dependsOn"])} == known


def test_what_is_bundled_is_named_and_every_font_and_library_is_in_the_bill() -> None:
    bundled = {part["bom-ref"] for part in sbom.bill()["components"] if "/" in part["bom-ref"]}
    shipped = [
        *TOP.glob("reports/**/*.woff2"),
        *TOP.glob("questionnaires/**/*.woff2"),
        *TOP.glob("questionnaires/**/*.min.js"),
    ]
    assert bundled == {path.relative_to(TOP).as_posix() for path in shipped}


def test_every_licence_is_on_the_list() -> None:
    assert list(sbom.refused()) == []
