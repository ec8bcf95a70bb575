"""What a PDF report carries: the questionnaire as it was given, and the assessment document as JSON."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiact_check.reading.problem import Problem
from aiact_check.reading.source import read
from aiact_check.text import Text, data_folder, phrase, said

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import Assessment

ASSESSMENT, QUESTIONNAIRE = "assessment.json", "questionnaire.yaml"
"""The names of the two attachments."""
MEGABYTE = 1_000_000
MAX_PDF, MAX_ATTACHMENT, MAX_ATTACHMENTS, MAX_FLAWS = 50 * MEGABYTE, 8 * MEGABYTE, 20, 1_000


@dataclass(eq=False)
class NotAReport(Exception):
    """Why a file is not a report that can be opened again."""

    says: Text


@dataclass(frozen=True, kw_only=True)
class Carried:
    """The attachments of a report, and with what its pages were made, as it says itself."""

    questionnaire: bytes
    assessment: bytes
    document: Assessment
    imprint: str


def content(path: Path) -> bytes:
    """The bytes of a file that may be a report.

    Raises NotAReport where it cannot be read or is larger than any report.
    """
    try:
        return read(path, most=MAX_PDF)
    except Problem as problem:
        raise NotAReport(Text(said(problem.message, "en"), said(problem.message, "fr"))) from None


def unpack(pdf: bytes) -> Carried:
    """What the bytes of a report carry.

    Raises NotAReport.
    """
    attached, creator = attachments(pdf)
    document = _document(attached[ASSESSMENT])
    return Carried(
        questionnaire=attached[QUESTIONNAIRE], assessment=attached[ASSESSMENT], document=document, imprint=creator
    )


def attachments(pdf: bytes) -> tuple[dict[str, bytes], str]:
    """Our attachments by name, whatever version wrote them, and who says they made the file.

    Raises NotAReport where one is missing.
    """
    if b"%PDF-" not in pdf[:1024]:
        raise NotAReport(phrase("extract.no_pdf"))
    try:
        attached, creator = _attached(pdf)
    except Exception:  # a broken file breaks the reader in too many ways to name
        raise NotAReport(phrase("extract.broken")) from None
    if ASSESSMENT not in attached or QUESTIONNAIRE not in attached:
        raise NotAReport(phrase("extract.no_report"))
    return attached, creator


def _attached(pdf: bytes) -> tuple[dict[str, bytes], str]:
    """Our attachments by name, and who says they made the file; nothing else of the file is unpacked."""
    import pypdf

    with (
        _patience(),
        pypdf.apply_configuration(
            zlib_maximum_output_length=MAX_ATTACHMENT,
            zlib_maximum_recovery_input_length=0,
            maximum_declared_stream_length=MAX_ATTACHMENT,
            stream_filters_maximum_length=2,
            stream_decoding_work_maximum_length=2 * MAX_ATTACHMENT,
        ),
    ):
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        found: dict[str, bytes] = {}
        for place, entry in enumerate(reader.attachment_list):
            if place >= MAX_ATTACHMENTS or entry.name in found:
                raise ValueError("more attachments than a report has")
            if entry.name in (ASSESSMENT, QUESTIONNAIRE):
                found[entry.name] = entry.content
        metadata = reader.metadata
        return found, str(metadata.creator or "") if metadata else ""


class _TooBroken(logging.Handler):
    """Ends the reading of a file with so many flaws that going over them all would take minutes."""

    flaws = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a flaw; nothing of it is printed."""
        self.flaws += 1
        if self.flaws > MAX_FLAWS:
            raise ValueError("more flaws than a report has")


@contextmanager
def _patience() -> Iterator[None]:
    """The reader says each flaw to its log: heard here, and nowhere else."""
    log, heard = logging.getLogger("pypdf"), _TooBroken()
    told, log.propagate = log.propagate, False
    log.addHandler(heard)
    try:
        yield
    finally:
        log.removeHandler(heard)
        log.propagate = told


def _document(content: bytes) -> Assessment:
    import jsonschema

    try:
        document: Assessment = json.loads(content)
        jsonschema.Draft202012Validator(_shape()).validate(document)
    except (ValueError, RecursionError, jsonschema.ValidationError):
        raise NotAReport(phrase("extract.no_assessment")) from None
    return document


@cache
def _shape() -> Any:
    return json.loads((data_folder() / "reports" / "assessment.schema.json").read_bytes())
