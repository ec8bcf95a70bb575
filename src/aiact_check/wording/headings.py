"""The headings under which an officer looks for duties, in the order of the work: `reports/headings.yaml`."""

from __future__ import annotations

from functools import cache, partial

from aiact_check.kept import digest, kept
from aiact_check.plain import build, plain
from aiact_check.reading.source import parse
from aiact_check.record import plain_record
from aiact_check.text import Text, data_folder


@plain_record
class Heading:
    """A heading, and where it stands among the others."""

    place: int
    title: Text


@cache
def heading(rule: str) -> Heading:
    """The heading of a duty by its rule; one that no heading names comes last, without a title of ours."""
    known = _by_article()
    return known.get(rule.partition("/")[0], Heading(len(known), Text("", "")))


@cache
def _by_article() -> dict[str, Heading]:
    content = (data_folder() / "reports" / "headings.yaml").read_bytes()

    def made() -> dict[str, Heading]:
        entries = parse("reports/headings.yaml", content).data.values()
        return {
            article: Heading(place, Text(entry["title"]["en"], entry["title"]["fr"]))
            for place, entry in enumerate(entries)
            for article in entry["articles"]
        }

    return kept("headings", [__file__], digest(content), made, plain, partial(build, dict[str, Heading]))
