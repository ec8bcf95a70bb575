"""How old the law as it is known here is, and what starts next. Pure."""

from __future__ import annotations

from datetime import date

from aiact_check.law.lawbook import RuleBase
from aiact_check.text import Language, Text, phrase, said
from aiact_check.wording.typeset import day as in_words
from aiact_check.wording.typeset import typeset, wrapped

NEXT = 3


def text(base: RuleBase, day: date, lang: Language) -> str:
    """The day up to which the law is known, its age on `day`, and the next days on which something starts."""
    acts = base.acts
    known = Text(in_words(acts.known_to, "en"), in_words(acts.known_to, "fr"))
    lines = [phrase("status.known", day=known, age=max(base.age(day), 0), most=acts.old_after_days)]
    lines += [phrase("status.old")] if base.is_old(day) else []
    dated = base.law(day).milestones
    ahead = sorted((version.date, name) for name, version in dated.items() if version.date > day.isoformat())
    for starts, name in ahead[:NEXT]:
        when = Text(in_words(starts, "en"), in_words(starts, "fr"))
        lines.append(phrase("status.starts", day=when, what=base.milestones[name].title))
    return "".join(f"{line}\n" for each in lines for line in wrapped(typeset(said(each, lang), lang)))
