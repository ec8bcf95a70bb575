// The conversation: what to ask, what an answer does to the others, going back. Nothing of the page, nothing of the law.
class Contradicts extends Error {
  constructor(found) { super(found.says); this.facts = found.facts; }
}

class Talk {
  /** `turns`: what was answered in this conversation, a list of questions for each page of them. */
  constructor(base, sheet, day, me = "", turns = [], since = {}) {
    Object.assign(this, { base, sheet, day, me, since, law: lawOf(base, day), apart: [], takenUp: new Set() });
    this.turns = turns.map((turn) => turn.filter((fact) => sheet.told.has(fact))).filter((turn) => turn.length);
    this.renew();
  }

  renew() {
    const told = [...this.sheet.told].map(([fact, { answer }]) => [fact, normalise(this.base.questions[fact], answer)]);
    const { answers, aside } = settled(this.base, new Map(told.filter(([, answer]) => answer !== null)));
    this.answers = answers;
    this.setAside = aside;
    this.bench = new Bench(this.law, answers);
    this.found = null;
  }

  get verdict() { return (this.found ??= this.bench.verdict()); }
  get asked() { return this.turns.flat(); }

  leftUnknown() {
    return [...this.sheet.told].filter(([, { answer }]) => answer === UNKNOWN || (Array.isArray(answer) && answer.includes(UNKNOWN))).map(([fact]) => fact);
  }

  /** Questions not to be asked: answered in this conversation, or left unknown. */
  get aside() { return new Set([...this.asked, ...this.leftUnknown()].filter((fact) => !this.takenUp.has(fact))); }

  step() { return alone(this.law, this.answers, this.apart) ?? nextStep(this.law, this.answers, this.aside, this.bench); }

  screen(step) { return this.apart.includes(step.fact) ? null : together(this.law, this.answers, step, this.aside); }

  /** The questions left unknown that still matter. */
  putOff() {
    const waiting = this.leftUnknown().filter((fact) => !this.takenUp.has(fact));
    const open = new Set([...this.aside].filter((fact) => !waiting.includes(fact))), found = [];
    for (let step = nextStep(this.law, this.answers, open, this.bench); step; step = nextStep(this.law, this.answers, open, this.bench)) {
      found.push(step.fact);
      open.add(step.fact);
    }
    return found;
  }

  takeUp(facts) { facts.forEach((fact) => this.takenUp.add(fact)); }

  /** Write an answer down; the questions whose answers had to go because they no longer arise, with what rules them out. */
  take(fact, answer, note, turn = [fact]) {
    const answers = new Map(this.answers);
    answers.delete(fact);
    const given = normalise(this.base.questions[fact], answer);
    if (given !== null) answers.set(fact, given);
    const gone = [];
    for (let out = ruledOut(this.base, answers); out.length; out = ruledOut(this.base, answers)) {
      for (const each of out) { answers.delete(each.fact); gone.push(each); }
    }
    const lost = new Set(gone.map((each) => each.fact));
    const kept = new Map([...this.setAside.keys()].filter((other) => other !== fact && !lost.has(other))
      .map((other) => [other, normalise(this.base.questions[other], this.sheet.told.get(other).answer)]));
    const [found] = contradicted(this.base, new Map([...kept, ...answers]));
    if (found) throw new Contradicts(found);
    const before = this.bench.possible;
    this.sheet.told.set(fact, this.signed(answer, note));
    lost.forEach((other) => this.sheet.told.delete(other));
    this.turns = this.turns.map((each) => each.filter((other) => other !== fact && !lost.has(other))).filter((each) => each.length || each === turn);
    if (!this.turns.includes(turn)) this.turns.push(turn);
    if (!turn.includes(fact)) turn.push(fact);
    this.apart = this.apart.filter((other) => other !== fact);
    this.takenUp.delete(fact);
    this.renew();
    for (const tier of before) if (!this.bench.possible.includes(tier)) this.since[tier] = fact;
    for (const tier of this.bench.possible) delete this.since[tier];
    return gone;
  }

  /** Write the ordinary answers that fit down; the other questions are asked next, one by one. */
  takeTogether(screen, fitting) {
    const turn = [], gone = [], apart = [];
    for (const [fact, answer] of screen.ordinary) {
      if (!fitting.includes(fact)) { apart.push(fact); continue; }
      try {
        gone.push(...this.take(fact, answer, undefined, turn));
      } catch (error) {
        if (!(error instanceof Contradicts)) throw error;
        apart.push(fact);
      }
    }
    this.apart = apart;
    return gone;
  }

  /** An answer with who gave it and when, where that is not what the questionnaire says of all its answers. */
  signed(answer, note) {
    const by = this.me && this.me !== this.sheet.by ? this.me : undefined;
    const stale = (by || this.sheet.on) && this.sheet.on !== this.day;
    return { answer, note: note || undefined, by, on: stale ? this.day : undefined };
  }

  /** The question answered before this one; null where there is none. */
  before(fact) {
    const asked = this.asked, place = asked.indexOf(fact);
    return (place < 0 ? asked[asked.length - 1] : asked[place - 1]) ?? null;
  }

  numberOf(fact) {
    const place = this.turns.findIndex((turn) => turn.includes(fact));
    return (place < 0 ? this.turns.length : place) + 1;
  }

  /** The answer since which a class is out: the one seen to rule it out, or else one that does so alone; null for several. */
  against(tier) {
    const seen = this.since[tier];
    if (seen === null || this.sheet.told.has(seen)) return seen;
    const condition = this.bench.isHeadline(tier), without = (fact) => {
      const answers = new Map(this.answers);
      answers.delete(fact);
      return answers;
    };
    const alone = this.bench.prove(condition).whyFacts.find((fact) => exact(new Residuals(this.law, without(fact)), condition) !== FALSE);
    this.since[tier] = alone ?? null;
    return this.since[tier];
  }

  /** The rules on which a rule rests in the end, as far as they hold, and the answers that make it hold. */
  grounds(id) {
    const { proof } = this.bench.finding(id), rules = [], seen = new Map();
    const rests = (part) => {
      if (!seen.has(part)) {
        const below = part.deciding().map(rests).includes(true), held = part.shape === "rule" && part.value === TRUE;
        if (held && !below) rules.push(part.rule);
        seen.set(part, held || below);
      }
      return seen.get(part);
    };
    rests(proof);
    return { rules, facts: proof.whyFacts };
  }
}
