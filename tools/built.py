"""What a package is built with beside its files: the rule base read and checked, the fixed sentences, and their hash.

So an installed package neither reads six hundred files at each start nor takes the law from a cache, which whoever can
write the user's files could have written. Run by hatchling while a wheel is built.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TOP = Path(__file__).parent.parent
INTO = "aiact_check/data/built"


class Built(BuildHookInterface[Any]):
    """Makes once what every first run would make, and has it packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a wheel; one that only points to a checkout needs none."""
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        sys.path.insert(0, str(TOP / "src"))
        for path in made(Path(self.folder.name)):
            build_data["force_include"][str(path)] = f"{INTO}/{path.name}"

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Leave nothing behind."""
        if version != "editable":
            self.folder.cleanup()


def made(folder: Path) -> list[Path]:
    """The files of what is made of this checkout, written into an empty folder."""
    os.environ["XDG_CACHE_HOME"] = str(folder)
    from aiact_check.law import files, rulebase
    from aiact_check.text import LANGUAGES, sentences
    from aiact_check.wording.faces import unpacked
    from aiact_check.wording.headings import heading
    from aiact_check.wording.typeset import words

    base = rulebase.load(TOP)
    rulebase.examples(base.hash, lambda: base)
    sentences()
    heading("")
    for font in sorted((TOP / "reports" / "fonts").glob("*.woff2")):
        unpacked(font)
    for lang in LANGUAGES:
        words(lang)
    digest = folder / files.DIGEST
    digest.write_text(base.hash, "ascii")
    return [digest, *(path for path in sorted(folder.glob("*/*.json")) if not path.name.startswith("seen"))]
