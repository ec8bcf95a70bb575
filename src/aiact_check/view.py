"""What a report says, worked out from the assessment document: headline, groups of duties, fine, notes. Pure."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import Any

from aiact_check.model import Language
from aiact_check.typeset import counted, day, listed, lower_first, money, shown, typeset, upper_first, words

Data = Mapping[str, Any]
MARK = {"true": "yes", "false": "no", "unknown": "open"}
OPPOSITE = {"true": "no", "false": "yes", "unknown": "open"}
NAMED, REASONS, ACTIONS, FULL_QUESTIONS = 3, 2, 5, 15
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class View:
    """An assessment document as one reader of one language needs it."""

    def __init__(self, document: Data, lang: Language) -> None:
        self.doc, self.lang, self.w = document, lang, words(lang)
        self.findings = _findings(document)
        self.tiers = {found["tier"]: found for found in document["classification"]["tiers"]}
        self.headline_tier: str = document["classification"]["headline"]
        self.numbers = {answer["fact"]: number for number, answer in enumerate(document["answers"], 1)}
        self.open_numbers = {asked["fact"]: number for number, asked in enumerate(document["open_questions"], 1)}

    # Words

    def t(self, text: str | Data | None, **slots: Any) -> str:
        """Our own text, in the reader's language, typeset; with slots, a text of words.yaml."""
        said = text[self.lang] if isinstance(text, Mapping) else text or ""
        return typeset(said.format(**slots) if slots else said, self.lang)

    def n(self, text: str, number: int, **slots: Any) -> str:
        """A counted text of words.yaml."""
        return counted(text, number, self.lang, **slots)

    def day(self, iso: str, short: bool = False) -> str:
        """A date in words."""
        return day(iso, self.lang, short)

    def money(self, euros: int) -> str:
        """An amount in words."""
        return money(euros, self.lang)

    def when(self, iso: str) -> str:
        """Since or from a date."""
        return self.t(self.w["since" if iso <= self.doc["as_of"] else "from"], day=self.day(iso))

    def said(self, answer: Data | None) -> str:
        """An answer in words; a date as a date."""
        text = self.t(answer) if answer else ""
        return self.day(text) if ISO.fullmatch(text) else text

    def label(self, node: Data) -> str:
        """What a test in a proof asks about, in a few words: its sentence up to what it is compared with."""
        return upper_first(self.t(node["says"][self.lang].partition(self.w["colon"])[0]))

    def tier(self, tier: str, form: str = "name") -> str:
        """A class by its name or as it stands in a sentence."""
        return self.t(self.w["tiers"][tier][form])

    def role(self, role: str, form: str = "name") -> str:
        """A role by its name or as it stands in a sentence; one without fixed words by the title of its rule."""
        if role in self.w["roles"]:
            return self.t(self.w["roles"][role][form])
        title = next(self.t(finding["title"]) for finding in self.findings.values() if finding.get("role") == role)
        return {"name": title, "a": lower_first(title), "of": ""}[form]

    def names(self, roles: list[str], form: str, link: str) -> str:
        """Roles in a list."""
        return listed([self.role(role, form) for role in roles], self.lang, link)

    # Duties

    @cached_property
    def sure(self) -> list[Data]:
        """The duties that apply or will."""
        found = [duty for duty in self.doc["duties"] if duty["state"] != "depends"]
        return sorted(found, key=lambda duty: (duty["applies_from"], _in_order(duty["id"])))

    @cached_property
    def due(self) -> list[Data]:
        """The duties that apply already, each once, those with the highest fine first."""
        amounts = {penalty["id"]: penalty["amount_eur"] for penalty in self.doc["penalties"]}
        found = _once(duty for duty in self.sure if duty["state"] == "applies")
        return sorted(found, key=lambda duty: -amounts.get(duty["penalty"], 0))

    @cached_property
    def upcoming(self) -> list[Data]:
        """The duties that will apply, each once."""
        return _once(duty for duty in self.sure if duty["state"] == "upcoming")

    @cached_property
    def maybe(self) -> list[dict[str, Any]]:
        """The duties that hang on open questions, each once with its roles."""
        found: dict[str, dict[str, Any]] = {}
        for duty in self.doc["duties"]:
            if duty["state"] == "depends":
                entry = found.setdefault(duty["id"], {"duty": duty, "roles": [], "questions": []})
                entry["roles"].append(duty["role"])
                numbers = {self.open_numbers[fact] for fact in duty["depends_on"] if fact in self.open_numbers}
                entry["questions"] = sorted({*entry["questions"], *numbers})
        return sorted(found.values(), key=lambda entry: _in_order(entry["duty"]["id"]))

    @cached_property
    def bundles(self) -> list[dict[str, Any]]:
        """The duties that hang on open questions, where they are many: by role and day."""
        found: dict[Any, dict[str, Any]] = {}
        for entry in self.maybe:
            start = entry["duty"]["start"]
            dates = [start["date"]] if start["date"] else start["possible"]
            bundle = {"roles": entry["roles"], "date": dates[0], "several": len(dates) > 1, "entries": []}
            found.setdefault((*entry["roles"], *dates), bundle)["entries"].append(entry)
        return sorted(found.values(), key=lambda bundle: (bundle["date"], bundle["roles"]))

    @cached_property
    def by_role(self) -> list[dict[str, Any]]:
        """The duties that apply or will: by role, by day, then by what that day rests on."""
        roles = list(dict.fromkeys(duty["role"] for duty in self.sure))
        order = [found["role"] for found in self.doc["roles"]]
        return [{"role": role, "days": list(self._days(role))} for role in sorted(roles, key=order.index)]

    def _days(self, role: str) -> Iterator[dict[str, Any]]:
        mine = [duty for duty in self.sure if duty["role"] == role]
        for date, of_day in groupby(mine, key=lambda duty: duty["applies_from"]):
            rests: dict[str, dict[str, Any]] = {}
            for duty in of_day:
                start = duty["start"]
                entry = rests.setdefault(repr(start), {"start": start, "duties": []})
                entry["duties"].append(duty)
            starts = sorted(rests.values(), key=lambda rest: rest["start"]["confidence"] != "settled")
            yield {"date": date, "due": date <= self.doc["as_of"], "starts": starts}

    @cached_property
    def exemptions(self) -> list[dict[str, Any]]:
        """The duties that never start for this system, by the reason why."""
        found: dict[str, dict[str, Any]] = {}
        for exemption in self.doc["exemptions"]:
            entry = found.setdefault(repr(exemption["because"]), {"because": exemption["because"], "duties": []})
            entry["duties"].append(exemption)
        for entry in found.values():
            entry["duties"] = _once(entry["duties"])
        return list(found.values())

    # The decision

    @cached_property
    def headline(self) -> str:
        """The verdict in one sentence."""
        said = self.w["headline"]
        match self.headline_tier:
            case "prohibited":
                date = self.tiers["prohibited"]["start"]["date"]
                later = date is not None and date > self.doc["as_of"]
                return self.t(said["prohibited_from" if later else "prohibited"], date=self.day(date) if date else "")
            case "high-risk" | "transparency" as tier:
                return self._duties_headline(tier, said[tier])
            case "minimal":
                return self._minimal_headline(said["minimal"])
            case "undetermined":
                return self._open_headline(said["undetermined"])
            case tier:
                return self.t(said[tier])

    def _duties_headline(self, tier: str, said: Data) -> str:
        mine = [duty for duty in self.sure if duty["tier"] == tier]
        perhaps = [duty for duty in self.doc["duties"] if duty["tier"] == tier and duty["state"] == "depends"]
        if mine:
            return self._counted_headline(said["duties"], mine, mine[0]["applies_from"])
        if perhaps:
            first = min(date for duty in perhaps for date in (duty["applies_from"], *duty["start"]["possible"]) if date)
            return self._counted_headline(said["depends"], perhaps, first)
        return self.t(said["exempt" if self.exemptions else "none"])

    def _counted_headline(self, said: str, duties: list[Data], date: str) -> str:
        roles = {duty["role"] for duty in duties}
        of_role = self.role(roles.pop(), "of") if len(roles) == 1 else ""
        return self.n(said, len(_once(duties)), of_role=of_role, when=self.when(date))

    def _minimal_headline(self, said: Data) -> str:
        titles = list(dict.fromkeys(self.t(duty["title"]) for duty in self.sure))
        if len(titles) == 1:
            return self.t(said["one"], title=lower_first(titles[0]))
        return self.n(said["many"], len(titles)) if titles else self.t(said["none"])

    def _open_headline(self, said: Data) -> str:
        possible = self.doc["classification"]["possible"]
        holds = [tier for tier in possible if self.tiers.get(tier, {"value": ""})["value"] == "true"]
        perhaps = listed([self.tier(tier, "could_be") for tier in possible if tier not in holds], self.lang, "or")
        if not holds and len(possible) > NAMED:
            return self.n(said["too_many"], len(possible))
        if holds:
            return self.t(said["at_least"], holds=self.tier(holds[0], "could_be"), perhaps=perhaps)
        return self.t(said["could_be"], perhaps=perhaps)

    @cached_property
    def reasons(self) -> list[str]:
        """Why, in a sentence or two: what the deciding rules say."""
        tier = self.headline_tier
        if tier == "undetermined":
            holds = [found for found in self.tiers.values() if found["value"] == "true"]
            decides = [upper_first(self.n(self.w["headline"]["open_why"], len(self.doc["open_questions"])))]
            possible = self.doc["classification"]["possible"]
            named = listed([self.tier(tier, "could_be") for tier in possible], self.lang, "or")
            could_be = [self.t(self.w["headline"]["perhaps_why"], perhaps=named)] if len(possible) > NAMED else []
            return [self.t(found["finding"]["reads"]) for found in holds[:1]] + could_be + decides
        grounds = self.grounds(self.tiers[tier]["finding"])
        read = [self.t(finding["reads"] or finding["title"]).rstrip(".") + "." for finding in grounds]
        return read[:REASONS] or [self.t(self.tiers[tier]["finding"]["reads"])]

    def grounds(self, finding: Data) -> list[Data]:
        """The last rules of a proof: the reason itself, without other classes and what only says it is in scope."""
        named = [finding["rule"], *self._named(finding)] if finding.get("route") else self._named(finding)
        if finding.get("tier") not in ("not-an-ai-system", "excluded"):
            named = [rule for rule in named if rule not in self._general]
        named = [rule for rule in named if "tier" not in self.findings[rule]]
        alike = [rule for rule in named if self.findings[rule]["value"] == finding["value"]] or named
        routed = [rule for rule in alike if self.findings[rule].get("route")]
        placed = [rule for rule in alike if self.findings[rule].get("kind") != "definition"]
        used = routed or placed or alike
        found = [self.findings[rule] for rule in used]
        return [rule for rule in found if not any(node.get("rule") in used for node in _nodes(rule["why"]))]

    @cached_property
    def _general(self) -> set[str]:
        """The rules that say whether the Act reaches the company at all, and in which role."""
        roles = [found["finding"] for found in self.doc["roles"]]
        return {rule for finding in (self._tier_finding("not-an-ai-system"), *roles) for rule in self._named(finding)}

    def _named(self, finding: Data | None) -> list[str]:
        """The rules a proof names, and those that their proofs name; another class is not opened."""
        found: dict[str, None] = {}
        todo = [finding] if finding else []
        while todo:
            for node in _nodes(todo.pop(0)["why"]):
                rule = node.get("rule")
                if rule in self.findings and rule not in found:
                    found[rule] = None
                    todo += [] if "tier" in self.findings[rule] else [self.findings[rule]]
        return list(found)

    def _tier_finding(self, tier: str) -> Data | None:
        return next((finding for finding in self.doc["findings"] if finding.get("tier") == tier), None)

    @cached_property
    def sources(self) -> list[Data]:
        """The provisions that decide the class."""
        if self.headline_tier == "undetermined":
            return []
        finding = self.tiers[self.headline_tier]["finding"]
        return ([cite for ground in self.grounds(finding) for cite in ground["cite"]] or finding["cite"])[:REASONS]

    @cached_property
    def roles(self) -> dict[str, list[str]]:
        """The roles that hold and those that may."""
        found: dict[str, list[str]] = {"true": [], "unknown": []}
        for role in self.doc["roles"]:
            found[role["value"]].append(role["role"])
        return found

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        """What to do first: stop, answer, then the duties by day, then look again."""
        said, ask, stop = self.w["actions"], [], []
        if count := len(self.doc["open_questions"]):
            ask.append({"what": self.n(said["answer"], count), "date": None, "to": "open"})
        if self.maybe and self.headline_tier != "undetermined":
            ask.append({"what": self.n(said["prepare"], len(self.maybe)), "date": None, "to": "duties"})
        due, later = ([self._action(duty) for duty in duties] for duties in (self.due, self.upcoming))
        if self.headline_tier == "prohibited":
            stop = [{"what": self.t(said["stop"]), "date": self.tiers["prohibited"]["start"]["date"]}]
        found = [*stop, *due, *ask, *later] if stop else [*ask, *due, *later]
        return [*found[: ACTIONS - 1], {"what": self.t(said["again"]), "date": None}]

    def _action(self, duty: Data) -> dict[str, Any]:
        return {"what": self.t(duty["title"]), "date": duty["applies_from"], "cite": duty["cite"][:1]}

    @cached_property
    def next_date(self) -> str:
        """The next day on which a duty starts."""
        if self.upcoming:
            return self.day(self.upcoming[0]["applies_from"], short=True)
        return self.t(self.w["decision"]["due_now" if self.due else "due_open" if self.maybe else "due_none"])

    @cached_property
    def next_lines(self) -> list[str]:
        """How many duties apply, will apply and may apply."""
        counts = {"applies": len(self.due), "upcoming": len(self.upcoming), "depends": len(self.maybe)}
        return [self.n(self.w["decision"][f"due_{state}"], count) for state, count in counts.items() if count]

    def starting(self, date: str) -> int:
        """How many duties start on a day."""
        return len(_once(duty for duty in self.sure if duty["applies_from"] == date))

    def days_to(self, date: str) -> int:
        """How many days from the day asked about."""
        return (datetime.date.fromisoformat(date) - datetime.date.fromisoformat(self.doc["as_of"])).days

    @cached_property
    def people(self) -> list[tuple[str, str | None]]:
        """Who answered, each with the last day they did."""
        found: dict[str, str | None] = {}
        for answer in self.doc["answers"]:
            if answer["by"]:
                days = [found.get(answer["by"]), answer["on"]]
                found[answer["by"]] = max((day for day in days if day), default=None)
        return list(found.items())

    @cached_property
    def author(self) -> tuple[str | None, str | None]:
        """Who gave most answers, and when: named once, and again only where another did."""
        signed = Counter((answer["by"], answer["on"]) for answer in self.doc["answers"] if answer["answer"] is not None)
        return signed.most_common(1)[0][0] if signed else (None, None)

    def signed(self, answer: Data) -> bool:
        """Whether an answer names its author: another one than usual, or a judgement that someone must stand for."""
        return (answer["by"], answer["on"]) != self.author or answer["judgement"]

    @cached_property
    def calendar(self) -> list[dict[str, Any]]:
        """The milestones by day, with how many duties of this report start then."""
        days = groupby(self.doc["calendar"], key=lambda milestone: milestone["date"])
        return [{"date": date, "milestones": list(of_day), "mine": self.starting(date)} for date, of_day in days]

    # The fine

    @cached_property
    def penalties(self) -> list[Data]:
        """The ceilings that duties of this report lead to, the highest first; the others after."""
        return sorted(self.doc["penalties"], key=lambda penalty: (not self._binds(penalty), -penalty["amount_eur"]))

    def _binds(self, penalty: Data) -> bool:
        return any(duty["id"] in penalty["duties"] for duty in self.sure)

    @cached_property
    def worst(self) -> dict[str, Any] | None:
        """The highest ceiling: of the duties that hold, or else of those that may."""
        named = [penalty for penalty in self.penalties if penalty["duties"]]
        certain = [penalty for penalty in named if self._binds(penalty)]
        penalty = next(iter(certain or named), None)
        return {"penalty": penalty, "figure": self.figure(penalty), "sure": bool(certain)} if penalty else None

    def figure(self, penalty: Data) -> str:
        """The ceiling of a fine as far as it is known."""
        said, amount, share = self.w["fine"], penalty["amount_eur"], penalty["share_eur"]
        fixed, percent = self.money(amount), self.t(self.w["percent"], n=penalty["turnover_percent"])
        if penalty["ceiling_eur"] is not None:
            return self.money(penalty["ceiling_eur"])
        if share is not None:
            return self.t(said["either"], low=self.money(min(amount, share)), high=self.money(max(amount, share)))
        return self.t(said[f"unknown_{penalty['lower']}"], fixed=fixed, percent=percent)

    def computed(self, penalty: Data) -> str:
        """How a ceiling is worked out, and why the lower or the higher of the two counts."""
        said, percent = self.w["fine"], self.t(self.w["percent"], n=penalty["turnover_percent"])
        fixed, rule = self.money(penalty["amount_eur"]), self.t(said[f"lower_{penalty['lower']}"])
        if penalty["share_eur"] is None:
            return f"{self.t(said['no_turnover'], fixed=fixed, percent=percent)} {rule}"
        turnover, share = self.money(penalty["turnover_eur"]), self.money(penalty["share_eur"])
        return f"{self.t(said['both'], fixed=fixed, percent=percent, turnover=turnover, share=share)} {rule}"

    @cached_property
    def unpunished(self) -> str:
        """The duties for which the Act names no ceiling, in a list."""
        duties = _once(duty for duty in self.sure if duty["penalty"] is None)
        return ", ".join(f"{self.t(duty['title'])} ({self.t(duty['cite'][0])})" for duty in duties)

    # Questions and notes

    @cached_property
    def full(self) -> list[Data]:
        """The open questions shown in full: those that decide first."""
        found: list[Data] = self.doc["open_questions"][:FULL_QUESTIONS]
        return found

    @cached_property
    def notes(self) -> list[dict[str, Any]]:
        """The points of interpretation this result rests on, each once."""
        used = [self.tiers[tier]["finding"] for tier in self.tiers] + [found["finding"] for found in self.doc["roles"]]
        proofs = [proof for finding in used for proof in [finding, *self._proofs(finding)] if proof["value"] == "true"]
        procedures = [finding for finding in self.doc["conformity"] if finding["value"] == "true"]
        found: dict[str, dict[str, Any]] = {}
        for item in [*proofs, *procedures, *self.sure]:
            if item["interpretation"]:
                note = {"title": item["title"], "cite": item["cite"][:1], "says": item["interpretation"]}
                found[item.get("rule") or item["id"]] = note
        return list(found.values())

    def decided(self, finding: Data) -> list[tuple[str, str]]:
        """The answers behind a finding: what was asked, in a few words, and the answer."""
        nodes = [node for node in self.facts(finding) if node["answer"] and node["fact"] not in self.scope_facts]
        return list({self.label(node): self.said(node["answer"]) for node in nodes}.items())

    @cached_property
    def scope_facts(self) -> set[str]:
        """The facts that decide whether the Act reaches the company, and in which role: said once, not at each step."""
        roles = [finding for finding in self.doc["findings"] if "role" in finding]
        used = (self._tier_finding("not-an-ai-system"), *roles)
        return {node["fact"] for finding in used if finding for node in self.facts(finding)}

    def facts(self, finding: Data) -> Iterator[Data]:
        """The answers at the end of a proof, through the rules it names."""
        done: set[str] = set()

        def walk(node: Data) -> Iterator[Data]:
            rule = node.get("rule")
            if rule in self.findings and rule not in done and "tier" not in self.findings[rule]:
                done.add(rule)
                yield from walk(self.findings[rule]["why"])
            if "fact" in node and not node.get("parts"):
                yield node
            for part in node.get("parts", ()):
                yield from walk(part)

        yield from walk(finding["why"])

    def _proofs(self, finding: Data) -> list[Data]:
        return [self.findings[rule] for rule in self._named(finding)]

    @cached_property
    def provides(self) -> bool:
        """Whether the company is or may be the provider, who has the conformity assessed."""
        return "provider" in (*self.roles["true"], *self.roles["unknown"])

    limits = ("answers", "judgement", "guidelines", "authorities", "known", "other", "advice")

    @cached_property
    def groups(self) -> list[tuple[Data, list[Data]]]:
        """Every question by its group."""
        pairs = groupby(self.doc["answers"], key=lambda answer: answer["group"])
        return [(title, list(answers)) for title, answers in pairs]

    @cached_property
    def head(self) -> dict[str, str]:
        """The names for the head of each page, cut to fit."""
        return {key: shown(self.doc[key]["name"], 60) for key in ("system", "company")}


def _once(duties: Any) -> list[Data]:
    return list({duty["id"]: duty for duty in duties}.values())


def _findings(document: Data) -> dict[str, Data]:
    """The findings by rule; of a rule that a proof names without there being one, what the proof says of it."""
    found = {finding["rule"]: finding for finding in document["findings"]}
    for finding in document["findings"]:
        for node in _nodes(finding["why"]):
            if "rule" in node and node["rule"] not in found:
                found[node["rule"]] = {**node, "reads": None, "why": {"shape": "rule"}, "interpretation": []}
    return found


def _in_order(rule: str) -> list[tuple[int, str]]:
    """The order of the Act: article 9 before article 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", rule)]


def _nodes(why: Data) -> Iterator[Data]:
    yield why
    for part in why.get("parts", ()):
        yield from _nodes(part)
