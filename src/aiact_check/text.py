"""The two languages: a text said in both, and the fixed sentences of questionnaires/words.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from aiact_check.record import plain_record

SHAPE = {"extra": "forbid", "strict": True, "use_attribute_docstrings": True}

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
NB = "\u00a0"
PACKAGE = Path(__file__).parent


@plain_record
class Text:
    """The same sentence in English and in French."""

    __pydantic_config__ = SHAPE
    en: str
    fr: str


def data_folder() -> Path:
    """Where rules/, questionnaires/ and reports/ lie: inside the installed package, or at the top of a checkout."""
    packed = PACKAGE / "data"
    return packed if packed.is_dir() else PACKAGE.parent.parent


def phrase(key: str, **slots: Any) -> Text:
    """A fixed sentence by its dotted key, its slots filled in both languages.

    A slot that is a Text is filled in the language of the sentence. Raises KeyError for a key that does not exist.
    """
    both = sentences()[key]
    return Text(_filled(both.en, "en", slots), _filled(both.fr, "fr", slots))


def _filled(sentence: str, lang: Language, slots: dict[str, Any]) -> str:
    return sentence.format(**{key: said(value, lang) for key, value in slots.items()}) if slots else sentence


def said(text: str | Text | Any, lang: Language) -> str:
    """A text in one language; what is not a text of ours, as it is."""
    return str(getattr(text, lang)) if isinstance(text, Text) else str(text)


@cache
def sentences() -> dict[str, Text]:
    """All fixed sentences, by dotted key."""
    from aiact_check.kept import digest, kept

    content = (data_folder() / "questionnaires" / "words.yaml").read_bytes()

    def made() -> dict[str, Text]:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return dict(_flat("", yaml.load(content, Loader=loader)))  # noqa: S506 - a safe loader, of a file of ours

    def plain(found: dict[str, Text]) -> dict[str, list[str]]:
        return {key: [both.en, both.fr] for key, both in found.items()}

    def take(found: dict[str, list[str]]) -> dict[str, Text]:
        return {key: Text(*both) for key, both in found.items()}

    return kept("sentences", [__file__], digest(content), made, plain, take)


def _flat(key: str, node: Any) -> Iterator[tuple[str, Text]]:
    if set(node) == set(LANGUAGES):
        yield key, Text(node["en"], french(node["fr"]))
    else:
        for name, part in node.items():
            yield from _flat(f"{key}.{name}" if key else name, part)


def printed(text: Text, lang: Language) -> str:
    """A text of ours in one language, as it is printed."""
    return french(text.fr) if lang == "fr" else text.en


def french(plain: str) -> str:
    """French as it is printed: with curly apostrophes, and with spaces that do not break before a double sign.

    `wording.typeset` does more; this is for the words that rooms below it print. Twice is the same as once.
    """
    curly = re.sub(r"(?<=\w)'(?=[\w{`«])", "’", plain)
    return re.sub(r"(?<=«) | (?=[;:!?»])", NB, curly)
