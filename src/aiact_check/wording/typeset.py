"""Text as it is printed: spaces that must not break, apostrophes, quotes, dates, money, counts. Pure."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from aiact_check.kept import digest, kept
from aiact_check.reading.source import parse
from aiact_check.text import LANGUAGES, PACKAGE, Language, data_folder, french

NB, NARROW = "\u00a0", "\u202f"
BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
"""Invisible marks that reverse the text around them: a text says the same without them."""

Words = Any
"""The fixed words in one language: nested mappings with texts and lists of texts as leaves."""


@cache
def words(lang: Language) -> Words:
    """The fixed words of the reports in one language."""
    content = (data_folder() / "reports" / "words.yaml").read_bytes()

    def made() -> Words:
        return _in(parse("reports/words.yaml", content).data, lang)

    return kept(f"words-{lang}", [__file__, str(PACKAGE / "text.py")], digest(content), made, plain=_same, take=_same)


def _same(words: Words) -> Words:
    if not isinstance(words, dict):
        raise TypeError("no words")
    return words


def _in(node: Any, lang: Language) -> Words:
    if isinstance(node, dict) and set(node) == set(LANGUAGES):
        return _set(node["fr"]) if lang == "fr" else node["en"]
    return {key: _in(value, lang) for key, value in node.items()}


def _set(leaf: Any) -> Any:
    """The French words of a leaf, which is a text or a list of texts, as French is set."""
    return french(leaf) if isinstance(leaf, str) else [french(text) for text in leaf]


@cache
def _rules(lang: Language) -> list[tuple[re.Pattern[str], str]]:
    months = "|".join(words(lang)["months"])
    units = rf"(?:{months}|mois|months|jours|days|ans|years|a\)|salariés|people)"
    places = (
        r"(?:[Aa]rts?|par|al|pts?|cons|Rec|subpara)\.|[Pp]oints?|[Aa]nnexe?|[Aa]rticles?|[Pp]aragraphe?s?|[Ss]ections?"
    )
    common = [
        (r"(?<=\w)'(?=\w)", "’"),
        (r"(?<=\d) (?=\d{3}(?!\d))", NARROW),
        (rf"(?<=\d) (?={units})", NB),
        (r"\b1er (?=\w)", "1er" + NB),
        (r"(?<=\d), (?=par\.)", "," + NB),
        (r"(?<=[\d)]) (et|and|à|to) (?=\(?\d)", NB + r"\1" + NB),
        (rf"\b({places}|EUR|\((?:UE|EU)\)) (?=[\dIVXAB]|[a-z]{{1,2}}\))", r"\1" + NB),
    ]
    in_french = [
        (r"(?<=\w)'|(?<=\w)’(?=\w)", "’"),
        (r'"([^"]*)"', rf"«{NARROW}\1{NARROW}»"),
        (r"«[ \u00a0\u202f]*", f"«{NARROW}"),
        (r"[ \u00a0\u202f]*»", f"{NARROW}»"),
        (r"[ \u00a0](?=[;!?])", NARROW),
        (r"(?<=\d)[ \u00a0\u202f]?(?=%)", NARROW),
        (r" (?=[:€])", NB),
        (r"(?<=[\da-z]) (?=(?:bis|ter|quater|quinquies|sexies)\b)", NB),
    ]
    english = [
        (r"« ?(.*?) ?»", "“\\1”"),
        (r'"([^"]*)"', "“\\1”"),
        (r"(?<![\w’])'([^']*)'(?!\w)", "‘\\1’"),
        (r"'", "’"),
    ]
    return [(re.compile(pattern), new) for pattern, new in [*common, *(in_french if lang == "fr" else english)]]


def typeset(text: str, lang: Language) -> str:
    """Our own text as a typographer sets it. Twice is the same as once. Never for what a user wrote."""
    for pattern, new in _rules(lang):
        text = pattern.sub(new, text)
    return text


def shown(text: object, longest: int | None = None) -> str:
    """What a user wrote, as it is shown: every sign but invisible ones; cut where only a few signs have room."""
    kept = str(text).replace("\u2028", "\n").replace("\u2029", "\n").translate(BIDI)
    kept = "".join(sign for sign in kept if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Co"))
    if longest is None:
        return kept
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def day(iso: str, lang: Language, short: bool = False) -> str:
    """A date in words: 1er décembre 2026, 1 December 2026."""
    year, month, number = (int(part) for part in iso.split("-"))
    name = words(lang)["months_short" if short else "months"][month - 1]
    first = words(lang)["first_day"] if number == 1 else str(number)
    return f"{first}{NB}{name}{NB if short else ' '}{year}"


def money(euros: int, lang: Language) -> str:
    """An amount: 240 000 € or EUR 240,000."""
    return f"{euros:,}".replace(",", NARROW) + f"{NB}€" if lang == "fr" else f"EUR{NB}{euros:,}"


def counted(text: str, number: int, lang: Language, **slots: Any) -> str:
    """`one|many` with {n} filled: the form the number asks for, the number in words up to twelve as {words}."""
    one, _, many = text.partition("|")
    single = number < 2 if lang == "fr" else number == 1
    spelled = words(lang)["numbers"]
    in_words = spelled[number] if number < len(spelled) else f"{number:,}".replace(",", NARROW if lang == "fr" else ",")
    return typeset((one if single or not many else many).format(n=number, words=in_words, **slots), lang)


def listed(items: Sequence[str], lang: Language, link: str = "and") -> str:
    """Items in a sentence: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + f" {words(lang)[link]} " + items[-1]


def joined(items: Iterable[str], lang: Language) -> str:
    """Items set apart by semicolons."""
    return (f"{NARROW}; " if lang == "fr" else "; ").join(items)


def shorten(text: str, longest: int = 150) -> str:
    """A text cut between two words where it is long."""
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0].rstrip(f" ,;:{NB}{NARROW}") + f"{NB}…"


def unparted(text: str) -> str:
    """A title whose last word never stands alone on a line."""
    head, _, last = text.rpartition(" ")
    return f"{head}{NB}{last}" if head else last


def lower_first(text: str) -> str:
    """A title inside a sentence; an acronym keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def upper_first(text: str) -> str:
    """A word at the head of a sentence."""
    return text[:1].upper() + text[1:]


WIDTH = 100


def wrapped(
    text: str, indent: str = "", then: str | None = None, width: int = WIDTH, *, whole: bool = False
) -> list[str]:
    """A text as lines of a terminal; the lines after the first are indented by `then`, or more where it is indented.

    `whole` words are not broken at their hyphens, so that the name of a rule or an address can be copied.
    """
    later = indent + "  " * bool(indent) if then is None else then
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=later,
        break_on_hyphens=not whole, break_long_words=not whole,
    )  # fmt: skip
