"""Files that are not text in UTF-8: what they are instead, and their text where they have one. Pure."""

from __future__ import annotations

from typing import NamedTuple

KINDS: tuple[tuple[bytes, bytes, str], ...] = (
    (b"PK\x03\x04", b"word/", "word"),
    (b"PK\x03\x04", b"xl/", "excel"),
    (b"PK\x03\x04", b"opendocument.spreadsheet", "excel"),
    (b"PK\x03\x04", b"opendocument.text", "word"),
    (b"PK\x03\x04", b"", "zip"),
    (b"\xd0\xcf\x11\xe0", b"", "office"),
    (b"%PDF-", b"", "pdf"),
    (b"{\\rtf", b"", "word"),
    (b"\x89PNG", b"", "image"),
    (b"\xff\xd8\xff", b"", "image"),
    (b"GIF8", b"", "image"),
    (b"<", b"", "web"),
)
"""How files begin, and what is in them, that people give in place of a questionnaire."""


class Encoding(NamedTuple):
    """The text of a file, how it was encoded, and the first sign that shows it."""

    name: str
    text: str
    line: int = 1
    column: int = 1
    sign: str = ""


def kind(content: bytes) -> str | None:
    """What a file is that is not a text file, or none a questionnaire could be in."""
    found = (kind for start, inside, kind in KINDS if content.startswith(start) and inside in content)
    first, second, *_ = [*content.split(b"\n", 2), b""]
    table = b":" not in first and second.count(b";") >= first.count(b";") > 0
    return next(found, "table" if table else None)


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
