// Proofs to a verdict: classes, roles, duties with their dates, ceilings of fines, open questions.
/** Where the parts of a verdict are worked out, each when it is asked for. */
class Bench {
  constructor(law, answers) {
    Object.assign(this, { law, answers, starts: new Map(), findings: new Map() });
    this.residuals = new Residuals(law, answers);
    this.proofs = new Proofs(law, answers);
  }

  ids(kind = null) { return Object.keys(this.law.versions).filter((id) => kind === null || this.law.rules[id].kind === kind); }

  /** What became of each tier, the one that would be the headline before others first. */
  get tiers() {
    if (!this.ofTiers) {
      const found = new Map(this.ids("classification").filter((id) => this.law.rules[id].tier)
        .map((id) => [this.law.rules[id].tier, this.finding(id)]));
      this.ofTiers = new Map(this.law.tiers.filter((tier) => found.has(tier)).map((tier) => [tier, found.get(tier)]));
    }
    return this.ofTiers;
  }

  get roles() {
    return (this.ofRoles ??= new Map(this.ids().filter((id) => this.law.rules[id].role)
      .map((id) => [this.law.rules[id].role, this.finding(id)])));
  }

  get possible() {
    return (this.left ??= [...this.tiers.keys()].filter((tier) => exact(this.residuals, this.isHeadline(tier)) !== FALSE));
  }

  /** The condition under which a tier is the headline: it holds, and none before it does. */
  isHeadline(tier) {
    const tiers = [...this.tiers.keys()];
    const before = tiers.slice(0, tiers.indexOf(tier)).map((other) => ["not", ["rule", this.tiers.get(other).id]]);
    return ["all", ["rule", this.tiers.get(tier).id], ...before];
  }

  finding(id) {
    if (!this.findings.has(id)) {
      const proof = this.proofs.rule(id);
      this.findings.set(id, { id, proof, value: this.exact(["rule", id], proof) });
    }
    return this.findings.get(id);
  }

  prove(condition) { return fold(condition, this.proofs); }
  exact(condition, proof = null) { return proof && proof.value !== UNKNOWN ? proof.value : exact(this.residuals, condition); }

  start(name) {
    if (!this.starts.has(name)) {
      this.starts.set(name, Object.hasOwn(this.law.schedules, name) ? this.bySchedule(name) : this.byMilestone(name));
    }
    return this.starts.get(name);
  }

  byMilestone(name) {
    const version = this.law.milestones[name];
    const none = { date: null, possible: [], exempt: null, openFacts: [], confidence: "settled", because: null, readings: [] };
    return version ? { ...none, date: version.date, confidence: version.confidence, because: version.because ?? null } : none;
  }

  bySchedule(name) {
    const schedule = this.law.schedules[name];
    const certain = [], maybe = [], open = [];
    for (const entry of schedule.starts) {
      const value = entry.when ? this.exact(entry.when) : TRUE;
      let start = this.byMilestone(entry.milestone);
      if (value === FALSE || start.date === null) continue;
      const told = entry.or_later ? this.answers.get(entry.or_later) : undefined;
      if (typeof told === "string" && told > start.date) start = { ...start, date: told };
      (value === TRUE ? certain : maybe).push(start);
      if (value === UNKNOWN && entry.when) open.push(...this.prove(entry.when).openFacts);
    }
    const first = least(certain, (start) => start.date);
    const earlier = maybe.filter((start) => first === null || start.date < first.date);
    if (first === null && !maybe.length) return { ...this.byMilestone(""), exempt: schedule.exempt ?? null };
    const sure = earlier.length ? null : first;
    const readings = (schedule.readings ?? []).filter((reading) => this.law.milestones[reading.milestone])
      .map((reading) => ({ date: this.law.milestones[reading.milestone].date, says: reading.says }));
    const differing = unique(readings.map((reading) => reading.date)).length !== 1 && this.law.day >= (schedule.since ?? "");
    const source = sure ?? first ?? maybe[0];
    return {
      date: sure ? sure.date : null,
      possible: sure ? [] : unique([...certain, ...maybe].map((start) => start.date)).sort(),
      exempt: null,
      confidence: schedule.confidence && differing ? schedule.confidence : source.confidence,
      because: differing ? schedule.because ?? null : null,
      readings: differing ? readings : [],
      openFacts: sure ? [] : unique(open),
    };
  }

  duties(kind = "obligation") {
    const duties = [], exemptions = [];
    for (const id of this.ids(kind)) {
      const version = this.law.versions[id];
      for (const role of version.who ?? []) {
        if (!this.roles.has(role)) continue;
        const both = ["all", ["rule", id], ["rule", this.roles.get(role).id]];
        const proof = this.prove(both);
        const value = this.exact(both, proof);
        const start = this.start(version.applies ?? "");
        if (value === FALSE || (start.date === null && !start.possible.length && !start.exempt)) continue;
        if (start.exempt) {
          if (value === TRUE) exemptions.push({ id, role, because: start.exempt });
          continue;
        }
        const open = unique(value === UNKNOWN ? [...proof.openFacts, ...start.openFacts] : start.openFacts);
        const state = value === UNKNOWN || start.date === null ? "depends" : start.date <= this.law.day ? "applies" : "upcoming";
        duties.push({ id, role, value, start, state, openFacts: open });
      }
    }
    const key = (duty) => [duty.start.date ?? this.law.never, duty.id, duty.role];
    return { duties: duties.sort((one, other) => ordered(key(one), key(other))), exemptions };
  }

  penalties(duties) {
    const found = [];
    const of = (id) => this.law.versions[id].penalty;
    const these = new Set(duties.map((duty) => of(duty.id))), some = new Set(this.ids().map(of));
    for (const id of this.ids("penalty")) {
      if (!duties.length || (some.has(id) && !these.has(id))) continue;
      const version = this.law.versions[id];
      const instead = version.instead && this.exact(version.instead.when) === TRUE ? version.instead : null;
      const amount = instead ? instead.amount : (version.amount ?? 0), percent = instead ? 0 : (version.percent ?? 0);
      const lowerIf = instead ? null : version.lower_if;
      const turnover = instead ? 0 : version.turnover ? this.turnover(version.turnover) : null;
      const share = turnover === null ? null : Math.floor((turnover * percent) / 100);
      const lower = lowerIf ? this.exact(lowerIf) : FALSE;
      const [low, high] = share === null ? [null, null] : [Math.min(amount, share), Math.max(amount, share)];
      const ceiling = lower === TRUE ? low : lower === FALSE ? high : low === high ? low : null;
      found.push({ id, amount, percent, turnover, share, lower, ceiling, why: lowerIf ? this.prove(lowerIf) : null, cites: instead ? instead.cites : version.cites });
    }
    return found;
  }

  turnover(fact) {
    const answer = this.answers.get(fact), gate = this.law.questions[fact].gate;
    if (answer === undefined && gate && this.exact(gate) === FALSE) return 0;
    return typeof answer === "number" ? answer : null;
  }

  /** The open questions, those that decide first: by how many tiers, then roles, then duties hang on them. */
  openQuestions(duties) {
    const weight = new Map(), hangs = new Map();
    const add = (fact, by, id) => {
      weight.set(fact, (weight.get(fact) ?? 0) + by);
      if (id) hangs.set(fact, unique([...(hangs.get(fact) ?? []), id]));
    };
    for (const { value, proof } of this.tiers.values()) if (value === UNKNOWN) proof.openFacts.forEach((fact) => add(fact, 1000));
    for (const { id, value, proof } of this.roles.values()) if (value === UNKNOWN) proof.openFacts.forEach((fact) => add(fact, 200, id));
    for (const duty of duties) duty.openFacts.forEach((fact) => add(fact, 1, duty.id));
    const order = orderOf(this.law);
    return [...weight.keys()].sort((one, other) => weight.get(other) - weight.get(one) || order.get(one) - order.get(other))
      .map((fact) => ({ fact, rules: hangs.get(fact) ?? [] }));
  }

  verdict() {
    const { duties, exemptions } = this.duties();
    return {
      day: this.law.day,
      headline: this.possible.length === 1 ? this.possible[0] : "undetermined",
      possible: this.possible,
      roles: [...this.roles].filter(([, finding]) => finding.value !== FALSE).map(([role, finding]) => ({ role, ...finding })),
      duties, exemptions, options: this.duties("option").duties,
      penalties: this.penalties(duties),
      open: this.openQuestions(duties),
    };
  }
}

function ordered(one, other) {
  for (let place = 0; place < one.length; place += 1) {
    if (one[place] !== other[place]) return one[place] < other[place] ? -1 : 1;
  }
  return 0;
}
