"""Files that are not text in UTF-8: what they are instead, and their text where they have one. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

KINDS: tuple[tuple[str, str], ...] = (
    (r"PK\x03\x04(?s:.*)word/", "word"),
    (r"PK\x03\x04(?s:.*)xl/", "excel"),
    (r"PK\x03\x04(?s:.*)opendocument\.spreadsheet", "excel"),
    (r"PK\x03\x04(?s:.*)opendocument\.text", "word"),
    (r"PK\x03\x04", "zip"),
    (r"\xd0\xcf\x11\xe0", "office"),
    (r"%PDF-", "pdf"),
    (r"\{\\rtf", "word"),
    (r"\x89PNG|\xff\xd8\xff|GIF8|RIFF", "image"),
    (r"(?i)\s*<(?:!doctype|html|\?xml)", "web"),
    (r"[^:\n]*;[^:\n]*;[^:\n]*;[^:\n]*\r?\n[^\n]*;", "table"),
)
"""How files begin (read as Latin-1) that people give in place of a questionnaire."""


class Encoding(NamedTuple):
    """The text of a file, how it was encoded, and the first sign that shows it."""

    name: str
    text: str
    line: int = 1
    column: int = 1
    sign: str = ""


def kind(content: bytes) -> str | None:
    """What a file is that is not a text file, or none a questionnaire could be in."""
    start = content.decode("latin-1")
    return next((found for pattern, found in KINDS if re.match(pattern, start)), None)


def encoding(content: bytes) -> Encoding:
    """The text of a file, whatever it was saved as: UTF-8, UTF-16 ("Unicode") or Windows-1252 ("ANSI")."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return Encoding("utf-16", content[2:].decode(name, "replace"))
    if content[1:20:2].strip(b"\0") == b"" and len(content) > 8:
        return Encoding("utf-16", content.decode("utf-16-le", "replace"))
    try:
        return Encoding("utf-8", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        text = content.decode("cp1252", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        return Encoding(
            "windows", text, line, column, content[error.start : error.start + 1].decode("cp1252", "replace")
        )
