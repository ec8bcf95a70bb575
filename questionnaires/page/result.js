// The result: what the system is or could be and why, what must be done and from when, what a breach may cost.
class Views extends Pages {
  headline() {
    const tiers = this.talk.bench.possible.map((tier) => this.w.tier[tier].could_be);
    return fill(tiers.length > 1 ? this.w.could_be : this.w.is, { tier: tiers.join(), tiers: this.listed(tiers, this.w.or) });
  }

  result() {
    const { w, talk } = this, { verdict } = talk, sure = verdict.duties.filter((duty) => duty.value === TRUE), maybe = verdict.duties.filter((duty) => duty.value !== TRUE);
    const section = (title, ...parts) => h("section", {}, h("h2", {}, title), parts);
    const options = verdict.options.filter((duty) => duty.value === TRUE);
    const byRole = (duties) => unique(duties.map((duty) => duty.role)).map((role) => [h("h3", {}, fill(w.result.as_role, { role: w.role[role] ?? role })),
      duties.filter((duty) => duty.role === role).map((duty) => this.duty(duty))]);
    return [
      h("p", { class: "tag" }, fill(w.result.as_of, { day: this.day(verdict.day) })),
      h("div", { class: "verdict" }, h("h1", { tabindex: -1 }, this.headline()),
        h("p", {}, verdict.open.length ? this.count(w.result.open, verdict.open.length) : w.result.closed)),
      verdict.possible.length === 1 ? this.why(verdict.possible[0]) : this.outcomes(verdict),
      verdict.roles.length ? section(w.result.roles, h("ul", { class: "plain" }, verdict.roles.map(({ role, id, value }) =>
        h("li", { class: `mark ${value === TRUE ? "yes" : "open"}` }, h("span", {}, w.role[role] ?? role), value === TRUE ? null : ` (${w.result.perhaps})`, " ", this.cited(id))))) : null,
      section(w.result.duties, sure.length ? byRole(sure) : h("p", {}, w.result.no_duty)),
      maybe.length ? section(w.result.maybe, h("p", { class: "soft" }, w.result.maybe_how), h("details", {}, h("summary", {}, this.count(w.result.maybe_count, maybe.length)),
        h("ul", { class: "plain" }, maybe.map((duty) => this.perhaps(duty))))) : null,
      options.length ? section(w.result.options, byRole(options)) : null,
      verdict.exemptions.length ? section(w.result.exempt, h("ul", { class: "plain" }, verdict.exemptions.map(({ id, because }) =>
        h("li", {}, h("strong", {}, this.base.rules[id].title), " ", this.cited(id), h("p", { class: "soft" }, because))))) : null,
      this.left(),
      verdict.penalties.length ? this.exposure(verdict) : null,
      h("div", { class: "on-screen" }, this.saving(), h("p", { class: "actions" }, this.button(w.result.print, () => window.print(), "second"))),
    ];
  }

  why(tier) {
    const { w, talk } = this, { rules, facts } = talk.grounds(talk.bench.tiers.get(tier).id);
    return h("section", {}, h("h2", {}, w.result.why),
      rules.length ? h("ul", { class: "plain" }, rules.slice(0, 6).map((id) => h("li", {}, h("strong", {}, this.base.rules[id].title), " ", this.cited(id)))) : null,
      facts.length ? h("details", {}, h("summary", {}, this.count(w.result.by_answers, facts.length)), h("ul", { class: "plain" }, facts.map((fact) => h("li", {},
        this.to(`q/${fact}`, this.base.questions[fact].label), `${this.french ? "\u00a0" : ""}: ${this.says(fact, talk.sheet.told.get(fact).answer)}`)))) : null);
  }

  outcomes(verdict) {
    const { w, talk } = this;
    return h("section", {}, h("h2", {}, w.standing.could_be), h("ul", { class: "plain" }, verdict.possible.map((tier) =>
      h("li", { class: "mark open" }, h("span", {}, w.tier[tier].name), " ", this.cited(talk.bench.tiers.get(tier).id)))));
  }

  since(start) {
    if (start.date) return fill(this.w.from, { day: this.day(start.date) });
    return fill(this.w.earliest, { day: this.day(start.possible[0]) });
  }

  duty({ id, start, state }) {
    const { w } = this, version = this.law.versions[id];
    return h("article", { class: "duty" }, h("h4", {}, this.base.rules[id].title),
      h("p", { class: "when" }, h("span", { class: state === "applies" ? "chip on" : "chip" }, this.since(start)), " ", this.cited(id),
        start.confidence === "settled" ? null : h("span", { class: "mark open" }, ` ${w.confidence[start.confidence]}`)),
      version.duty ? h("p", {}, version.duty) : null,
      start.because ? h("p", { class: "soft" }, start.because) : null,
      start.readings.map((reading) => h("p", { class: "soft" }, `${this.day(reading.date)}${this.french ? "\u00a0" : ""}: ${reading.says}`)),
      version.evidence ? h("details", {}, h("summary", {}, w.result.evidence), h("ul", { class: "evidence" }, version.evidence.map((item) => h("li", {}, item)))) : null);
  }

  perhaps({ id, role, start, openFacts }) {
    const { w } = this, [first] = openFacts;
    return h("li", {}, h("strong", {}, this.base.rules[id].title), ` (${w.role[role] ?? role}) `, this.cited(id), ` ${this.since(start)}`,
      first ? h("span", { class: "since" }, `${w.result.hangs_on} `, this.to(`q/${first}`, this.base.questions[first].label)) : null);
  }

  exposure(verdict) {
    const { w } = this;
    return h("section", {}, h("h2", {}, w.fine.title), h("p", { class: "soft" }, w.fine.lead),
      h("ul", { class: "plain" }, verdict.penalties.map((penalty) => h("li", {}, h("strong", {}, this.figure(penalty)), ` ${this.base.rules[penalty.id].title} `, this.cites(penalty.cites.slice(0, 2))))));
  }

  /** The ceiling of a fine as far as it is known. */
  figure({ amount, percent, share, lower, ceiling }) {
    const { fine } = this.w;
    if (ceiling !== null) return this.money(ceiling);
    if (share !== null) return fill(fine.either, { low: this.money(Math.min(amount, share)), high: this.money(Math.max(amount, share)) });
    return fill(fine[`unknown_${lower}`], { fixed: this.money(amount), percent: fill(this.w.percent, { n: percent }) });
  }
}
