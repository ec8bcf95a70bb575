"""A draft for an authority or for people, filled from an assessment, with its gaps left as gaps. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aiact_check.drafting.forms import Form, Part, SectionForm
from aiact_check.drafting.sections import Draft, Line, Section
from aiact_check.drafting.standing import Standing
from aiact_check.law.model import Checklist
from aiact_check.text import Text, phrase, said
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import joined, lower_first, shown, typeset, upper_first
from aiact_check.wording.view import View

if TYPE_CHECKING:
    from aiact_check.law.lawbook import RuleBase

HASH = 12


def draft(base: RuleBase, view: View, form: Form, standing: Standing) -> Draft:
    """The draft that a form makes of an assessment."""
    return _Writer(base, view).draft(form, standing)


class _Writer:
    def __init__(self, base: RuleBase, view: View) -> None:
        self.base, self.view, self.doc = base, view, view.doc
        self.answers = {answer["fact"]: answer for answer in self.doc["answers"]}

    def say(self, key: str, **slots: Any) -> str:
        """A fixed sentence, typeset; what fills it stays as it is."""
        return typeset(said(phrase(f"draft.{key}"), self.view.lang), self.view.lang).format(**slots)

    def t(self, text: Text) -> str:
        return self.view.t(said(text, self.view.lang))

    def draft(self, form: Form, standing: Standing) -> Draft:
        days = {"day": self.view.day(self.doc["as_of"]), "known": self.view.day(self.doc["law"]["known_to"])}
        acts = ", ".join(self.view.t(act["short"]) for act in self.doc["law"]["acts"])
        tool = self.doc["tool"]
        return Draft(
            lang=self.view.lang,
            title=self.t(form.title),
            system=shown(self.doc["system"]["name"]),
            company=shown(self.doc["company"]["name"]),
            mark=self.say("mark"),
            head=[
                self.say("head"),
                self.t(form.purpose),
                self.say("basis", answers=tool["answers_hash"][:HASH] or "?", acts=acts, **days),
                self.say("counsel", program=f"{tool['name']} {tool['version']}"),
                *([self.view.old] if self.view.old else []),
            ],
            standing=standing,
            sections=[section for part in form.sections for section in self.sections(form, part)],
            made=self.doc["as_of"],
        )

    def sections(self, form: Form, part: SectionForm) -> Iterator[Section]:
        who = self.t(part.who or form.who)
        if part.follows:
            yield from self.items(part, who)
            return
        assert part.title
        begun = [start for start in part.guidance if start <= self.doc["as_of"]]
        yield Section(
            title=self.t(part.title),
            cites=[self.cite(provision) for provision in part.cite],
            who=who,
            guidance=self.t(part.guidance[max(begun)]) if begun else "",
            lines=[line for one in part.parts for line in self.lines(one)],
        )

    def items(self, part: SectionForm, who: str) -> Iterator[Section]:
        """A section for each item of a checklist, and one for each that the Act no longer asks for."""
        checklist = self.base.checklists[self.followed(part)]
        begun = sorted(start for start in checklist.versions if start <= self.doc["as_of"])
        if not begun:
            return
        for item in checklist.versions[begun[-1]].items:
            filled = [line for one in part.fill.get(item.cite, ()) for line in self.lines(one)]
            asked = [line for one in part.each for line in self.lines(one)]
            lines = [*(filled or ([] if asked else [self.gap("")])), *asked]
            yield Section(title=self.t(item.says).rstrip("."), cites=[self.cite(item.cite)], who=who, lines=lines)
        yield from self.gone(checklist, begun, who)

    def gone(self, checklist: Checklist, begun: list[str], who: str) -> Iterator[Section]:
        """The items of earlier wordings that the present one has dropped."""
        asked = {item.cite for item in checklist.versions[begun[-1]].items}
        for before, after in itertools.pairwise(begun):
            left = {item.cite for item in checklist.versions[after].items} | asked
            act = self.base.acts.acts[checklist.versions[after].by].short
            said_ = self.say("item_gone", day=self.view.day(after), act=self.t(act))
            for item in checklist.versions[before].items:
                if item.cite not in left:
                    yield Section(
                        title=self.t(item.says).rstrip("."), cites=[self.cite(item.cite)], who=who, gone=said_
                    )

    def followed(self, part: SectionForm) -> str:
        """The first checklist that a duty found asks for, or else the last."""
        asked = {name for duty in self.view.sure for name in duty["contents"]}
        return next((name for name in part.follows if name in asked), part.follows[-1])

    def cite(self, provision_id: str) -> tuple[str, str]:
        provision = self.base.provision(provision_id, self.doc["as_of"])
        return self.view.t({"en": provision.en, "fr": provision.fr}), provision.eli

    def gap(self, what: str, label: str = "") -> Line:
        return Line(kind="gap", text=self.say("gap", what=what) if what else self.say("blank"), label=label)

    def lines(self, part: Part) -> Iterator[Line]:
        """The lines of a part."""
        if part.company or part.system:
            yield self.own(part)
        for fact in part.facts:
            yield from self.fact(fact)
        for rule in part.rules:
            yield from self.finding(rule)
        if part.holding:
            yield from self.holding(part.holding)
        for duty in part.duties:
            yield from self.duty(duty)
        if part.verdict:
            yield from self.verdict(part.verdict)
        if part.says:
            names = {"company": shown(self.doc["company"]["name"]), "system": shown(self.doc["system"]["name"])}
            yield Line(kind="says", text=self.t(part.says).format(**names))
        if part.gap:
            yield self.gap(self.t(part.gap))

    def own(self, part: Part) -> Line:
        """What the company says of itself or of its system."""
        assert part.label
        label = self.t(part.label)
        if part.role and part.role not in self.view.roles["true"]:
            return self.gap(lower_first(label), label)
        value = self.doc["company"].get(part.company) if part.company else self.doc["system"].get(part.system)
        return Line(kind="given", label=label, text=shown(value)) if value else self.gap(lower_first(label), label)

    def fact(self, fact: str) -> Iterator[Line]:
        """An answer as it was given; a gap where it is not known; nothing where the question does not arise."""
        answer = self.answers.get(fact)
        if answer is None:
            return
        label = upper_first(self.t(self.base.questions[fact].label))
        if answer["says"] is None:
            yield self.gap(self.say("question", ask=self.view.t(answer["ask"]), fact=fact), label)
            return
        signed = [shown(answer["by"] or ""), self.view.day(answer["on"]) if answer["on"] else ""]
        notes = [shown(answer["note"] or ""), ", ".join(filter(None, signed))]
        yield Line(kind="given", label=label, text=self.view.said(answer["says"]), note=" · ".join(filter(None, notes)))

    def finding(self, rule: str) -> Iterator[Line]:
        found = self.view.findings.get(rule)
        if found is None:
            return
        answers = (
            [f"{label}{self.view.t(self.view.w['colon'])}{answer}" for label, answer in self.view.decided(found)]
            if "kind" in found
            else []
        )
        yield Line(
            kind="found",
            label=self.titled(found),
            text=self.say(f"value_{found['value']}"),
            note=joined(answers, self.view.lang),
        )

    def holding(self, beginning: str) -> Iterator[Line]:
        held = [
            finding
            for finding in self.doc["findings"]
            if finding["rule"].startswith(beginning) and finding["value"] != "false"
        ]
        for finding in held:
            yield Line(
                kind="found", label=self.titled(finding), text=self.say(f"value_{finding['value']}"),
                note=self.view.t(finding["reads"]) if finding["reads"] else "",
            )  # fmt: skip
        if not held:
            yield Line(kind="found", text=self.say("none_holds"))

    def duty(self, rule: str) -> Iterator[Line]:
        mine = [duty for duty in self.doc["duties"] if duty["id"] == rule]
        for duty in mine[:1]:
            if duty["state"] == "depends":
                yield Line(kind="found", label=self.titled(duty), text=self.say("duty_depends"))
            else:
                when = self.view.when(duty["applies_from"])
                yield Line(kind="found", label=self.titled(duty), text=self.say("duty", when=when))
        if not mine and rule in self.base.rules:
            title = self.t(self.base.rules[rule].title)
            yield Line(kind="found", label=title, text=self.say("duty_none"))

    def verdict(self, what: str) -> Iterator[Line]:
        if what == "class":
            yield Line(kind="found", label=self.say("class"), text=self.view.headline)
            return
        for finding in self.doc["conformity"]:
            yield Line(kind="found", label=self.titled(finding), text=self.say(f"value_{finding['value']}"))
        if not self.doc["conformity"]:
            yield Line(kind="found", text=self.say("no_conformity"))

    def titled(self, entry: Data) -> str:
        cited = "".join(self.view.t(cite) for cite in entry.get("cite", ())[:1])
        return f"{self.view.t(entry['title'])} ({cited})" if cited else self.view.t(entry["title"])
