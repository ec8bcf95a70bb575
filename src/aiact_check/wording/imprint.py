"""With what a PDF was made: as far as its bytes hang on it, and no further."""

from __future__ import annotations

import hashlib
import zlib
from functools import cache
from pathlib import Path

from aiact_check import __version__
from aiact_check.text import PACKAGE, data_folder

ANNEXES = "with all annexes"


@cache
def imprint(*, annexes: bool = False) -> str:
    """The program, the libraries that draw, a digest of our code, templates, words and fonts; whether it is whole."""
    import weasyprint
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    version = f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
    drawn = f"WeasyPrint {weasyprint.__version__}, Pango {version}, zlib {zlib.ZLIB_RUNTIME_VERSION}"
    whole = f", {ANNEXES}" if annexes else ""
    return f"aiact-check {__version__} ({drawn}, {_forms()}{whole})"


def _forms() -> str:
    digest = hashlib.sha256()
    reports = data_folder() / "reports"
    shown = [*reports.glob("*.yaml"), *reports.glob("*.css"), *reports.rglob("*.j2"), *reports.rglob("*.woff2")]
    for path in sorted([*shown, *PACKAGE.glob("*/*.py")], key=_name):
        content = path.read_bytes()
        digest.update(f"{_name(path)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
