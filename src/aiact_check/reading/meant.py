"""What people mean by what they write: days, numbers, yes and no, names, as a form on paper would take them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from aiact_check.reading.vocabulary import LITTLE, MONTHS, NOTHING, SCALES, STATUS, YES_NO
from aiact_check.text import LANGUAGES, Text

UNITS = r"(?:d')?euros?|eur|ht|personnes?|salaries?|employes?|people|employees|etp|fte|environ|env\.?|about|around"
GUESSES = 100
"""How many unknown words of a file are compared with all that are known: it takes time, and nobody needs more."""
CLOSE = 0.85
"""How alike two words must be for one to be read as the other."""
SHORT = 8
"""A label has fewer spaces than this; a question has more."""


def plain(written: object) -> str:
    """A text as it is compared: small letters without accents, plain apostrophes and dashes, single spaces."""
    text = unicodedata.normalize("NFKD", str(written).casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(re.sub("[’‘ʼ`´]", "'", text).strip(" .:\"'“”«»").replace("_", " ").replace("-", " ").split())


def yes_no(written: object) -> bool | None:
    """Yes or no, where a word or a tick says so."""
    word = str(written).strip().casefold()
    said = YES_NO.get(word) or YES_NO.get(plain(word))
    return None if said is None else said == "yes"


def yes_no_and_why(written: object) -> tuple[bool, str] | None:
    """Yes or no followed by a remark, as in "oui, mais seulement le soir"."""
    found = re.fullmatch(r"(\w+)\s*[,;:.(–—-]+\s*(.+?)\)?", str(written).strip(), re.DOTALL)
    meant = yes_no(found[1]) if found else None
    return (meant, found[2]) if found and meant is not None else None


def nothing(written: object) -> str | None:
    """Whether somebody says that the answer is "unknown", or "none" of the choices."""
    word = str(written).strip().casefold()
    return NOTHING.get(word) or NOTHING.get(plain(word) or "?")


def status(written: object) -> str | None:
    """How far a company is with a duty."""
    return STATUS.get(plain(written))


def number(written: object) -> int | tuple[int, int] | None:
    """A whole number written with spaces, a currency or a scale; the two nearest where it has a decimal part."""
    text = unicodedata.normalize("NFKD", str(written).casefold().replace("’", "'"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(rf"(?<![a-z])(?:{UNITS})(?![a-z])|[€~≈]", " ", text).strip()
    found = re.fullmatch(r"(\d[\d\s.,'’]*?)\s*([a-z]*)", text)
    if not found or (found[2] and found[2] not in SCALES):
        return None
    parts = _decimal(found[1], SCALES.get(found[2], 0))
    if parts is None or len(parts[0]) > 20:
        return None
    whole, rest = parts
    return int(whole) if not rest.strip("0") else (int(whole), int(whole) + 1)


def _decimal(written: str, scale: int) -> tuple[str, str] | None:
    """The digits before and after the decimal sign, which moves to the right by `scale` places."""
    text = re.sub(r"[\s'’]", "", written)
    signs = re.findall(r"[.,]", text)
    head, sign, tail = text.rpartition(signs[-1]) if signs else (text, "", "")
    grouped = bool(sign) and len(tail) == 3 and (signs.count(sign) > 1 or len(set(signs)) == 1)
    if grouped and scale and len(signs) == 1:
        return None
    if grouped or not sign:
        head, tail = re.sub(r"[.,]", "", text), ""
    whole = re.sub(r"[.,]", "", head)
    return (whole + tail[:scale].ljust(scale, "0")).lstrip("0") or "0", tail[scale:]


def is_day(value: object) -> bool:
    """Whether a text is a day that exists, written 2026-11-23; other values are left to other checks."""
    if not isinstance(value, str):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def day(written: object) -> str | None:
    """A day as ISO text, where its parts can be read off: in French or English order, in digits or words."""
    for year, month, number in _orders(_parts(written)):
        turned = f"{year:0>4}-{month:0>2}-{number:0>2}"
        if is_day(turned):
            return turned
    return None


def month(written: object) -> str | None:
    """A month as ISO text, where it is a day that lacks its number."""
    parts = _parts(written)
    if len(parts) == 2:
        year, other = (parts[0], parts[1]) if len(parts[0]) == 4 else (parts[1], parts[0])
        if len(year) == 4 and is_day(f"{year}-{other:0>2}-01"):
            return f"{year}-{other:0>2}"
    return None


def _parts(written: object) -> list[str]:
    text = re.sub(r"(?<=\d)(?:er|st|nd|rd|th)\b", "", plain(re.split(r"(?<=\d)T", str(written))[0]))
    text = re.sub(r"\d\d?:\d\d.*$", "", text)
    if re.fullmatch(r"(?:19|20)\d{6}", text):
        text = f"{text[:4]} {text[4:6]} {text[6:]}"
    words = [word for word in re.split(r"[\s/.,]+", text) if word and word not in LITTLE]
    parts = [f"m{MONTHS[word]}" if word in MONTHS and not word.isdigit() else word for word in words]
    numbers = all(re.fullmatch(r"m?\d{1,4}", part) for part in parts)
    return _month_second(parts) if numbers and len(parts) in (2, 3) else []


def _month_second(parts: list[str]) -> list[str]:
    """The parts with a month that was written in letters in the middle, or first of two."""
    if len(parts) == 3 and parts[0].startswith("m"):
        parts = [parts[1], parts[0], parts[2]]
    return [part.removeprefix("m") for part in parts]


def _orders(parts: list[str]) -> list[tuple[str, str, str]]:
    if len(parts) != 3:
        return []
    first, second, third = parts
    if len(first) == 4:
        return [(first, second, third)]
    year = third if len(third) == 4 else f"20{third:0>2}"
    return [(year, second, first), (year, first, second)]


def name(written: object, known: Iterable[str]) -> str | None:
    """The known name that is meant, whatever its capitals, accents, spaces and dashes."""
    return Names(known).exactly(written)


def labelled(written: object, known: Mapping[str, Iterable[Text]]) -> str | None:
    """The name that is meant by itself, by one of its labels in either language, or by something very like them."""
    return Names(known, known).nearly(written)


class Names:
    """Known names and their labels, worked out once for all the words of a file, and only where one is not known."""

    def __init__(self, known: Iterable[str], labels: Mapping[str, Iterable[Text]] | None = None) -> None:
        self._known, self._labels = list(known), labels or {}
        self.left = GUESSES

    @cached_property
    def names(self) -> dict[str, str]:
        """The names by what is left of them without capitals, accents, spaces and dashes."""
        return {plain(one): one for one in reversed(self._known)}

    @cached_property
    def says(self) -> dict[str, str]:
        """The names by that, and by their labels in both languages."""
        found = dict(self.names)
        for one, texts in self._labels.items():
            found |= {plain(getattr(label, lang)): one for label in texts for lang in LANGUAGES}
        return found

    def exactly(self, written: object) -> str | None:
        """The name that is meant, whatever its capitals, accents, spaces and dashes."""
        return self.names.get(plain(written))

    def nearly(self, written: object) -> str | None:
        """The name that is meant by itself, by one of its labels, or, for the first few words, by what is like them."""
        word = plain(written)
        found = self.names.get(word) or (self.says.get(word) if len(word) > 2 else None)
        if found or len(word) < 3 or self.left == 0:
            return found
        self.left -= 1
        starts = {one for label, one in self.says.items() if re.match(rf"{re.escape(word)}\b", label)}
        if len(starts) == 1 and self._short(word) <= starts:
            return starts.pop()
        from difflib import get_close_matches

        near = get_close_matches(word, list(self.says), n=1, cutoff=CLOSE)
        return self.says[near[0]] if near else None

    def _short(self, word: str) -> set[str]:
        """The names whose label, if it is short, holds a word: where there are several, the word means none of them."""
        labels = ((label, one) for label, one in self.says.items() if label.count(" ") < SHORT)
        return {one for label, one in labels if re.search(rf"\b{re.escape(word)}\b", label)}


def several(written: str) -> list[str]:
    """The things a text lists, between commas, dashes, "et" or "and", with or without brackets."""
    inside = written.strip().strip("[](){}")
    return [
        part.strip(" \"'“”") for part in re.split(r"(?:^|\s)[-•*–]\s*|[,;\n]|\s(?:et|and)\s", inside) if part.strip()
    ]
