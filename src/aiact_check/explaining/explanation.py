"""Why a verdict is what it is: the whole of it, or one rule, as plain text for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing.document import assess
from aiact_check.assessing.parts import Duty, Start
from aiact_check.assessing.verdict import decide
from aiact_check.explaining.reasoning import MARK, Reasoning
from aiact_check.law.evaluate import Proofs
from aiact_check.law.exact import Residuals, exact
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import OWED, Role, Rule, Version
from aiact_check.law.truth import Truth
from aiact_check.text import Language, Text
from aiact_check.wording.typeset import listed, shown, upper_first
from aiact_check.wording.view import View
from aiact_check.wording.voice import Voice, bullets, lines


def of_verdict(base: RuleBase, questionnaire: Questionnaire, day: date, lang: Language) -> str:
    """Why the system is what it is and the company in the roles it has."""
    return "\n".join(_Explanation(base, questionnaire, day, lang).verdict_lines()) + "\n"


def of_rule(base: RuleBase, questionnaire: Questionnaire, day: date, lang: Language, rule_id: str) -> str:
    """Why a rule of the rule base holds or not; of a duty also who owes it, from when, at what exposure."""
    return "\n".join(_Explanation(base, questionnaire, day, lang).rule_lines(base.rules[rule_id])) + "\n"


class _Explanation:
    def __init__(self, base: RuleBase, questionnaire: Questionnaire, day: date, lang: Language) -> None:
        self.base, self.answers = base, questionnaire.answers
        self.voice = Voice("explain", lang)
        self.law = base.law(day)
        self.proofs, self.residuals = Proofs(self.law, self.answers), Residuals(self.law, self.answers)
        self.verdict = decide(base, self.answers, day)
        self.view = View(assess(base, questionnaire, day, lang), lang)
        self.reasoning = Reasoning(base, self.law, self.view, self.voice)
        self.outlines = 0

    def verdict_lines(self) -> Iterator[str]:
        yield from self._system()
        yield from lines(self.view.headline)
        yield from self._about()
        classes = self.view.doc["classification"]
        of_tiers = [tier["finding"]["rule"] for tier in classes["tiers"] if tier["tier"] in classes["possible"]]
        for rule_id in [*of_tiers, *(role["finding"]["rule"] for role in self.view.doc["roles"])]:
            yield ""
            yield from self._outline(rule_id)
        yield from ("", *lines(self.voice("more")))

    def rule_lines(self, rule: Rule) -> Iterator[str]:
        version = self.law.versions.get(rule.id)
        yield from lines(self.voice("title", title=rule.title, rule=rule.id))
        yield from self._system()
        yield from self._about()
        if version is None:
            yield from ("", *lines(self._not_in_force(rule)))
            return
        owed = rule.kind in OWED
        key = f"value.{self._owed(rule) if owed else MARK[self._value(rule.id)]}"
        yield from ("", *lines(self.voice(key)))
        yield from self._section("provision", self._provisions(version))
        yield from self._section("reads", [self.voice.text(text) for text in (version.reads, version.duty) if text])
        if owed:
            yield from self._section("roles", [self._for_role(rule, version, role) for role in version.who])
            yield from self._section("penalty", [self._penalty(rule, version)])
        if rule.kind == "penalty":
            ceilings: list[Any] = [entry for entry in self.view.doc["penalties"] if entry["id"] == rule.id]
            yield from self._section(
                "penalty", [f"{self.view.figure(it)}. {self.view.computed(it)}" for it in ceilings]
            )
        yield from ("", self.voice("why"))
        for rule_id in self._deciding(rule, version) if owed else [rule.id]:
            yield from self._outline(rule_id)
        yield from self._section("open", self._open(rule))
        yield from self._section("readings", [self.voice.text(note) for note in rule.interpretation])

    def _system(self) -> list[str]:
        return lines(f"{self.view.head['system']}, {self.view.head['company']}")

    def _about(self) -> Iterator[str]:
        """The day asked about, and who answered unless another is named."""
        by, on = self.view.author
        yield from lines(self.voice("as_of", day=self.view.day(self.law.day)))
        if by:
            key = "author_on" if on else "author"
            yield from lines(self.voice(key, by=shown(by), on=self.view.day(on) if on else ""))

    def _section(self, key: str, items: Iterable[str]) -> Iterator[str]:
        if items := list(items):
            yield from ("", self.voice(f"section.{key}"), *bullets(items))

    def _outline(self, rule_id: str) -> Iterator[str]:
        """The next outline; where only the trial of all open answers decides, that is said first."""
        proof, value = self.proofs.rule(rule_id), self._value(rule_id)
        if proof.value is not value:
            yield from lines(self.voice(f"whatever.{MARK[value]}", title=self.base.rules[rule_id].title))
        self.reasoning.against = value is Truth.FALSE
        self.outlines += 1
        yield from self.reasoning.outline(proof, str(self.outlines))

    def _value(self, rule_id: str) -> Truth:
        proof = self.proofs.rule(rule_id)
        return exact(self.residuals, {"rule": rule_id}) if proof.value is Truth.UNKNOWN else proof.value

    def _not_in_force(self, rule: Rule) -> str:
        """Why there is no wording of a rule on the day asked about."""
        begun = [start for start in rule.versions if start <= self.law.day]
        if begun:
            return self.voice("repealed", day=self.view.day(max(begun)), act=rule.versions[max(begun)].by)
        first = min(rule.versions)
        return self.voice("not_begun", day=self.view.day(first), act=rule.versions[first].by)

    def _provisions(self, version: Version) -> Iterator[str]:
        for cite in version.cites:
            provision = self.base.provision(cite, self.law.day)
            yield f"{self.voice.text(provision)}  {provision.eli}"

    def _duties(self, rule: Rule, role: Role | None = None) -> list[Duty]:
        found = [*self.verdict.duties, *self.verdict.options]
        return [duty for duty in found if duty.rule is rule and role in (None, duty.role)]

    def _exempt(self, rule: Rule, role: Role | None = None) -> Text | None:
        found = [item for item in self.verdict.exemptions if item.rule is rule and role in (None, item.role)]
        return found[0].because if found else None

    def _owed(self, rule: Rule) -> str:
        """How it stands with a duty or an option for the company as a whole."""
        duties, kind = self._duties(rule), "option" if rule.kind == "option" else "duty"
        if any(duty.state != "depends" for duty in duties):
            return f"{kind}_yes"
        return f"{kind}_open" if duties else f"{kind}_exempt" if self._exempt(rule) else f"{kind}_no"

    def _for_role(self, rule: Rule, version: Version, role: Role) -> str:
        """Whether the company owes a duty in a role, from when, and why that day; or why it does not owe it."""
        name = upper_first(self.view.role(role))
        for duty in self._duties(rule, role):
            when = self.view.when(duty.start.date) if duty.start.date else self._possible(duty.start)
            numbers = sorted(self.view.open_numbers[fact] for fact in duty.open_facts if fact in self.view.open_numbers)
            key = _how(duty) if numbers or duty.state != "depends" else "depends_later"
            says = self.voice.count(
                f"role.{key}", len(numbers), role=name, when=when, numbers=", ".join(map(str, numbers))
            )
            return " ".join([says, *self._start(duty.start)])
        if because := self._exempt(rule, role):
            return self.voice("role.exempt", role=name, because=because)
        role_rule = self._role_rule(role)
        if self._value(role_rule) is Truth.FALSE:
            return self.voice("role.missing", role=name, rule=role_rule)
        key = "role.no_date" if self._value(rule.id) is not Truth.FALSE else "role.condition"
        return self.voice(key, role=name)

    def _possible(self, start: Start) -> str:
        days = [self.view.day(day) for day in start.possible]
        return self.voice("possible", days=listed(days, self.view.lang, "or"))

    def _start(self, start: Start) -> Iterator[str]:
        """Why a duty starts that day: the milestone, where it stands, how sure that is, what it was."""
        if start.milestone and start.cite:
            milestone = self.base.milestones[start.milestone].title
            cite = self.voice.cites(self.base, [start.cite], self.law.day)
            yield self.voice(f"start.{start.confidence}", milestone=milestone, cite=cite)
            set_on = self.law.milestones[start.milestone].date
            if start.date and start.date != set_on:
                yield self.voice("start.later", day=self.view.day(set_on))
        if start.was:
            yield self.voice("start.was", day=self.view.day(start.was))
        if start.because:
            yield self.voice.text(start.because)
        for reading in start.readings:
            cite = self.voice.cites(self.base, [reading.cite], self.law.day)
            yield self.voice("start.reading", day=self.view.day(reading.date), cite=cite, says=reading.says)

    def _penalty(self, rule: Rule, version: Version) -> str:
        if version.penalty is None:
            covers = self.view.blanket
            if covers is None:
                return self.voice("penalty_none")
            return self.voice("penalty_covered", cite=self.view.t(covers["cite"][0]), figure=self.view.figure(covers))
        punishes = self.law.versions[version.penalty]
        cite = self.voice.cites(self.base, punishes.cites, self.law.day)
        title = self.base.rules[version.penalty].title
        found: list[Any] = [entry for entry in self.view.doc["penalties"] if entry["id"] == version.penalty]
        if found and self._duties(rule):
            cite = ", ".join(self.view.t(provision) for provision in found[0]["cite"])
            return self.voice("penalty", title=title, cite=cite, figure=self.view.figure(found[0]))
        return self.voice("penalty_title", title=title, cite=cite)

    def _role_rule(self, role: Role) -> str:
        return next(rule.id for rule in self.base.rules.values() if rule.role == role and rule.id in self.law.versions)

    def _deciding(self, rule: Rule, version: Version) -> list[str]:
        """The duty and the roles that owe it or may; where it is not owed, those of them that do not hold."""
        owing = dict.fromkeys(duty.role for duty in self._duties(rule))
        rules = [rule.id, *(self._role_rule(role) for role in owing or version.who)]
        if owing or self._exempt(rule):
            return rules
        return [rule_id for rule_id in rules if self._value(rule_id) is Truth.FALSE]

    def _open(self, rule: Rule) -> Iterator[str]:
        """The open questions that decide, by their number in the report."""
        undecided = self._value(rule.id) is Truth.UNKNOWN
        facts = [*self.proofs.rule(rule.id).open_facts] if undecided else []
        facts += [fact for duty in self._duties(rule) for fact in duty.open_facts]
        for fact in dict.fromkeys(facts):
            number = self.view.open_numbers.get(fact)
            key = "question" if number else "question_other"
            yield self.voice(key, number=number, ask=self.base.questions[fact].ask, fact=fact)


def _how(duty: Duty) -> str:
    """Whether a duty is owed, or hangs on open answers: it or only its start."""
    if duty.state != "depends":
        return "owes"
    return "start_open" if duty.value is Truth.TRUE else "depends"
