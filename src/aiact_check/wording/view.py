"""What the report decides: the headline, its reasons, what to do first, the fine. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from aiact_check.text import Language
from aiact_check.wording.answered import Answered
from aiact_check.wording.grounds import MODEL_ROLES
from aiact_check.wording.owed import once
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import joined, listed, lower_first, shorten, shown, upper_first

NAMED, REASONS, DECIDED, SHORT = 3, 2, 3, 1
PARTS = (
    "reasoning", "duties", "open", "calendar", "fine", "changes", "awaited",
    "standing", "around", "answers", "method", "contents",
)  # fmt: skip
OUTSIDE = {"not-an-ai-system", "excluded"}


class View(Answered):
    """An assessment document as one reader of one language needs it: whole, or as much as an officer reads."""

    def __init__(self, document: Data, lang: Language, *, whole: bool = True) -> None:
        super().__init__(document, lang)
        self.whole = whole

    limits = ("answers", "judgement", "guidelines", "authorities", "known", "other", "advice")

    @cached_property
    def headline(self) -> str:
        """The verdict in one sentence, which under an overlay says first that it supposes something."""
        if not self.supposed:
            return self.verdict
        return self.t(self.w["supposed"]["headline"], headline=lower_first(self.verdict))

    @cached_property
    def verdict(self) -> str:
        """The verdict in one sentence."""
        said = self.w["headline"]
        if self.only_a_model:
            return self._model_headline(said["model"])
        match self.headline_tier:
            case "prohibited" if not any(duty["tier"] == "prohibited" for duty in self.doc["duties"]):
                return self.t(said["prohibited_others"])
            case "prohibited":
                date = self.tiers["prohibited"]["start"]["date"]
                later = date is not None and date > self.doc["as_of"]
                return self.t(said["prohibited_from" if later else "prohibited"], date=self.day(date) if date else "")
            case "high-risk" | "transparency" as tier:
                return self._duties_headline([duty for duty in self.doc["duties"] if duty["tier"] == tier], said[tier])
            case "minimal":
                return self._minimal_headline(said["minimal"])
            case "undetermined":
                return self._open_headline(said["undetermined"])
            case tier:
                return self.t(said[tier])

    @cached_property
    def only_a_model(self) -> bool:
        """Whether only a model is described, or the Act reaches the company for a model while its system is outside."""
        outside = set(self.doc["classification"]["possible"]) <= OUTSIDE
        return self.headline_tier == "model" or (outside and any(role in MODEL_ROLES for role in self.roles["true"]))

    def _model_headline(self, said: Data) -> str:
        if {"model-provider", "model-authorised-representative"} & {*self.roles["true"]}:
            return self._duties_headline([duty for duty in self.doc["duties"] if duty["role"] in MODEL_ROLES], said)
        kind = "planned" if "prospective-model-provider" in self.roles["true"] else "other"
        if self.doc["duties"] or not self.maybe_model:
            return self._duties_headline(self.doc["duties"], {**said, **said[kind]})
        return self.n(said["open"], len(self.doc["open_questions"]))

    @cached_property
    def maybe_model(self) -> bool:
        """Whether a role for a model hangs on open answers."""
        return any(role in MODEL_ROLES for role in self.roles["unknown"])

    def _duties_headline(self, duties: list[Data], said: Data) -> str:
        mine = [duty for duty in self.sure if duty in duties]
        perhaps = [duty for duty in duties if duty["state"] == "depends"]
        if mine:
            return self._counted_headline(said["duties"], mine, mine[0]["applies_from"])
        if perhaps:
            first = min(date for duty in perhaps for date in (duty["applies_from"], *duty["start"]["possible"]) if date)
            return self._counted_headline(said["depends"], perhaps, first)
        return self.t(said["exempt" if self.exemptions else "none"])

    def _counted_headline(self, said: str, duties: list[Data], date: str) -> str:
        roles = {duty["role"] for duty in duties}
        of_role = self.role(roles.pop(), "of") if len(roles) == 1 else ""
        return self.n(said, len(once(duties)), of_role=of_role, when=self.when(date))

    def _minimal_headline(self, said: Data) -> str:
        titles = list(dict.fromkeys(self.t(duty["title"]) for duty in self.sure))
        if len(titles) == 1:
            return self.t(said["one"], title=lower_first(titles[0]))
        return self.n(said["many"], len(titles)) if titles else self.t(said["none"])

    def _open_headline(self, said: Data) -> str:
        possible = self.doc["classification"]["possible"]
        if set(possible) <= OUTSIDE:
            return self.t(said["outside"])
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
        if self.only_a_model:
            roles = [found["finding"] for found in self.doc["roles"] if found["role"] in MODEL_ROLES]
            alone = self.headline_tier == "model"
            decides = [self.t(self.w["headline"]["alone_why" if alone else "outside_why"])]
            return [self.t(finding["reads"]) for finding in roles[:1] if finding["reads"]] + decides
        if tier == "undetermined":
            holds = [found for found in self.tiers.values() if found["value"] == "true"]
            decides = [upper_first(self.n(self.w["headline"]["open_why"], len(self.doc["open_questions"])))]
            possible = self.doc["classification"]["possible"]
            named = listed([self.tier(tier, "could_be") for tier in possible], self.lang, "or")
            could_be = [self.t(self.w["headline"]["perhaps_why"], perhaps=named)] if len(possible) > NAMED else []
            return [self._read(found["finding"]) for found in holds[:1]] + could_be + decides
        if tier in OUTSIDE:
            return self._outside_reasons(tier)
        grounds = self.grounds(self.tiers[tier]["finding"])
        if tier == "high-risk" and not any(duty["tier"] == tier for duty in self.doc["duties"]):
            grounds = [*grounds[:1], *self.exceptions(grounds)]
        read = [self.t(finding["reads"]) for finding in grounds if finding["reads"]]
        own, titles = self.t(self.tiers[tier]["finding"]["reads"]), [self.t(finding["title"]) for finding in grounds]
        return read[:REASONS] or [own, *([f"{', '.join(titles)}."] if titles else [])]

    def _read(self, finding: Data) -> str:
        """What the first rule behind a class says of this system, or else what the class says of all."""
        return next((self.t(ground["reads"]) for ground in self.grounds(finding) if ground["reads"]), "") or self.t(
            finding["reads"]
        )

    def _outside_reasons(self, tier: str) -> list[str]:
        """The answers that put a system outside the Act, and the provision they are held against."""
        finding, said = self.tiers[tier]["finding"], self.w["headline"]
        reads = [self.t(found["reads"]) for found in [*self.grounds(finding), finding] if found["reads"]][:1]
        if tier == "not-an-ai-system":
            reads = [self.t(said["definition"], means=lower_first(text)) for text in reads]
        pairs = {self.label(node): self.said(node["answer"]) for node in self.facts(finding) if node["answer"]}
        told = [f"{label}{self.t(self.w['colon'])}{shorten(answer, 100)}" for label, answer in pairs.items()][:DECIDED]
        return [self.t(said["decided"], list=joined(told, self.lang)), *reads]

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
        penalty = next(iter(certain or named), self.blanket)
        return {"penalty": penalty, "figure": self.figure(penalty), "sure": bool(certain)} if penalty else None

    def computed(self, penalty: Data) -> str:
        """How a ceiling is worked out, and why the lower or the higher of the two counts."""
        said, percent = self.w["fine"], self.t(self.w["percent"], n=penalty["turnover_percent"])
        relief = penalty["lower"] if penalty["why"] else "none"
        fixed, rule = self.money(penalty["amount_eur"]), self.t(said[f"lower_{relief}"])
        if penalty["share_eur"] is None:
            return f"{self.t(said['no_turnover'], fixed=fixed, percent=percent)} {rule}"
        if penalty["turnover_eur"] == 0 and penalty["lower"] == "false":
            return self.t(said["without_turnover"], fixed=fixed)
        turnover, share = self.money(penalty["turnover_eur"]), self.money(penalty["share_eur"])
        return f"{self.t(said['both'], fixed=fixed, percent=percent, turnover=turnover, share=share)} {rule}"

    @cached_property
    def noted(self) -> list[dict[str, Any]]:
        """The points of interpretation shown: all, or those that bear on the result."""
        return self.notes if self.whole else self.deciding_notes

    @cached_property
    def placed(self) -> str:
        """Where the annex's table has this system, in words."""
        table, cells = self.doc["standing"], []
        for row in table["rows"]:
            for role, cell in zip(table["roles"], row["cells"], strict=True):
                if cell["here"] != "false":
                    says = [self.t(row["title"]), self.t(role), self.articles(cell["corrected"])]
                    here = [self.t(self.w["standing"]["unknown"])] if cell["here"] == "unknown" else []
                    cells.append(", ".join([*filter(None, says), *here]))
        return joined(cells, self.lang)

    @cached_property
    def sections(self) -> list[str]:
        """The parts of the report after page one, those with something to say."""
        bound = self.sure or self.maybe or self.doc["exemptions"]
        filled: dict[str, Any] = {
            "duties": bound or self.doc["options"] or self.tiers.get("high-risk") or self.strays,
            "calendar": bound and self.whole,
            "fine": self.penalties or self.unpunished,
            "open": self.doc["open_questions"] or self.later,
            "changes": bound or self.changes,
            "awaited": self.awaited,
            "around": self.doc["help"] or self.doc["authorities"],
            "standing": self.whole,
            "contents": self.checklists and self.whole,
        }
        return [part for part in PARTS if filled.get(part, True)]

    @cached_property
    def short(self) -> bool:
        """Whether there is so little to say that page one need not stand alone."""
        return len(self.owed) <= SHORT and not self.maybe

    @cached_property
    def head(self) -> dict[str, str]:
        """The names for the head of each page, cut to fit."""
        return {key: shown(self.doc[key]["name"], 60) for key in ("system", "company")}
