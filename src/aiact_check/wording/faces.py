"""The fonts of a report as WeasyPrint sets them: unpacked, which takes it half a second a report, and kept so."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from aiact_check.kept import digest, kept


def unpacked(font: Path) -> bytes:
    """The font of a WOFF2 file as OpenType, the same that WeasyPrint would make of it."""
    content = font.read_bytes()

    def made() -> bytes:
        from fontTools.ttLib import woff2

        out = BytesIO()
        woff2.decompress(BytesIO(content), out)
        return out.getvalue()

    return kept(f"font-{font.stem}", [__file__], digest(content), made, _written, base64.b64decode)


def _written(font: bytes) -> str:
    return base64.b64encode(font).decode()
