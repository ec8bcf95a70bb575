// The law over answers, in the browser: the same algebras over one fold as the program's own engine. No rule stands here.
// `law` is the law of a day: versions, derogations, milestones of a stage, and of the whole base all the rest.
const TRUE = "true", FALSE = "false", UNKNOWN = "unknown";

const known = (value) => (value ? TRUE : FALSE);
const negate = (value) => (value === UNKNOWN ? UNKNOWN : value === TRUE ? FALSE : TRUE);
function allOf(values) {
  let result = TRUE;
  for (const value of values) {
    if (value === FALSE) return FALSE;
    if (value === UNKNOWN) result = UNKNOWN;
  }
  return result;
}
const anyOf = (values) => negate(allOf(values.map(negate)));
const unique = (items) => [...new Set(items)];
const listOf = (operand) => (Array.isArray(operand) ? operand : [operand]);
const least = (items, key) => items.reduce((first, item) => (first === null || key(item) < key(first) ? item : first), null);

/** The law in force on a day: the last stage begun by then. */
function lawOf(base, day) {
  const begun = base.stages.filter((stage) => stage.from <= day);
  return { ...base, ...(begun.length ? begun[begun.length - 1] : base.stages[0]), day };
}

function dateOf(law, when) {
  if (/^\d/.test(when)) return when;
  return Object.hasOwn(law.milestones, when) ? law.milestones[when].date : law.never;
}

/** An answer as the engine takes it, from one as a questionnaire writes it; null where it is not known. */
function normalise(question, value) {
  if (value === null || value === undefined || value === UNKNOWN) return null;
  if (question.type !== "choices") return value;
  if (value.length === 1 && value[0] === UNKNOWN) return null;
  return { chosen: new Set(value.filter((choice) => choice !== UNKNOWN)), more: value.includes(UNKNOWN), out: new Set() };
}

const isChoices = (answer) => typeof answer === "object";
function has(answer, choice) {
  if (answer.chosen.has(choice)) return TRUE;
  return answer.more && !answer.out.has(choice) ? UNKNOWN : FALSE;
}

/** Give each part of a condition to an algebra, inside out: the only traversal of conditions here. */
function fold(node, algebra) {
  switch (node[0]) {
    case "all": return algebra.all(node.slice(1).map((part) => fold(part, algebra)));
    case "any": return algebra.any(node.slice(1).map((part) => fold(part, algebra)));
    case "not": return algebra.negate(fold(node[1], algebra));
    case "rule": return algebra.rule(node[1]);
    default: return algebra.test(node);
  }
}

function unfold(law, rule, algebra) {
  const version = law.versions[rule];
  if (!version) return algebra.any([]);
  const parts = version.when ? [fold(version.when, algebra)] : [];
  for (const other of law.derogations[rule] ?? []) parts.push(algebra.negate(algebra.rule(other)));
  return algebra.all(parts);
}

function compare(law, [operator, fact, operand], answer) {
  switch (operator) {
    case "is": return typeof answer === "string" ? later(law, fact) : known(answer === true);
    case "one_of": return known(operand.includes(answer));
    case "has": return anyOf(listOf(operand).map((choice) => has(answer, choice)));
    case "at_least": return known(answer >= operand);
    case "below": return known(answer < operand);
    case "before": return known(answer < dateOf(law, operand));
    default: return known(answer >= dateOf(law, operand));
  }
}

/** What a thing ahead that nobody has decided counts as: not there, until the day it is asked again. */
function later(law, fact) {
  const ahead = law.questions[fact].ask_again;
  return ahead && law.day < dateOf(law, ahead) ? FALSE : UNKNOWN;
}

class Algebra {
  constructor(law, answers) {
    this.law = law;
    this.answers = answers;
    this.found = new Map();
  }

  rule(id) {
    if (!this.found.has(id)) this.found.set(id, this.ruled(id, unfold(this.law, id, this)));
    return this.found.get(id);
  }

  ruled(id, body) { return body; }
}

class Values extends Algebra {
  test(test) {
    const answer = this.answers.get(test[1]);
    if (answer !== undefined) return compare(this.law, test, answer);
    const gate = this.law.questions[test[1]].gate;
    return gate ? allOf([fold(gate, this), UNKNOWN]) : UNKNOWN;
  }

  all(parts) { return allOf(parts); }
  any(parts) { return anyOf(parts); }
  negate(part) { return negate(part); }
}

class Proof {
  constructor(value, shape, parts, more) {
    Object.assign(this, { value, shape, parts, test: null, answered: false, rule: null }, more);
  }

  deciding() {
    if (this.shape === "test" && this.value === UNKNOWN) return [];
    return this.parts.filter((part) => this.shape === "not" || part.value === this.value);
  }

  /** The questions whose answers force this value, each once. */
  get whyFacts() {
    return (this.why ??= unique([
      ...(this.test && this.answered ? [this.test[1]] : []), ...this.deciding().flatMap((part) => part.whyFacts),
    ]));
  }

  /** The questions that still matter here and can be asked already, each once, in the order of the rules. */
  get openFacts() {
    if (this.value !== UNKNOWN) return [];
    if (!this.open) {
      const undecided = this.parts.filter((part) => part.value === UNKNOWN);
      const own = this.test && !undecided.length ? [this.test[1]] : [];
      this.open = unique([...own, ...undecided.flatMap((part) => part.openFacts)]);
    }
    return this.open;
  }
}

class Proofs extends Algebra {
  ruled(id, body) { return new Proof(body.value, "rule", [body], { rule: id }); }

  test(test) {
    const answer = this.answers.get(test[1]);
    if (answer !== undefined) return new Proof(compare(this.law, test, answer), "test", [], { test, answered: true });
    const gate = this.law.questions[test[1]].gate;
    if (!gate) return new Proof(UNKNOWN, "test", [], { test });
    const arises = fold(gate, this);
    return new Proof(allOf([arises.value, UNKNOWN]), "test", [arises], { test });
  }

  all(parts) { return parts.length === 1 ? parts[0] : new Proof(allOf(parts.map((part) => part.value)), "all", parts); }
  any(parts) { return parts.length === 1 ? parts[0] : new Proof(anyOf(parts.map((part) => part.value)), "any", parts); }
  negate(part) { return new Proof(negate(part.value), "not", [part]); }
}

const decided = (residual) => typeof residual === "string";

/** Puts the known answers in and keeps what they leave undecided: a value, or a condition over open answers. */
class Residuals extends Algebra {
  test(test) {
    const answer = this.answers.get(test[1]);
    if (answer !== undefined) {
      const value = compare(this.law, test, answer);
      return value === UNKNOWN ? test : value;
    }
    const gate = this.law.questions[test[1]].gate;
    return gate ? this.all([fold(gate, this), test]) : test;
  }

  all(parts) { return this.joined("all", parts, TRUE, FALSE); }
  any(parts) { return this.joined("any", parts, FALSE, TRUE); }
  negate(part) { return decided(part) ? negate(part) : ["not", part]; }

  joined(shape, parts, neutral, decisive) {
    if (parts.includes(decisive)) return decisive;
    const left = parts.filter((part) => part !== neutral);
    return left.length < 2 ? (left.length ? left[0] : neutral) : [shape, ...left];
  }
}

/** The value of a condition, decided also where every completion of its few open answers agrees. */
function exact(residuals, condition) {
  const residual = fold(condition, residuals);
  if (decided(residual)) return residual;
  if (!isSmall(residuals.law, residual)) return UNKNOWN;
  const found = new Set();
  const partly = new Map([...residuals.answers].filter(([, answer]) => isChoices(answer)));
  search(residuals.law, residual, partly, found);
  return found.size === 1 ? [...found][0] : UNKNOWN;
}

const isShape = (node) => node[0] === "all" || node[0] === "any" || node[0] === "not";
const atomsOf = ([operator, fact, operand]) =>
  operator === "has" ? listOf(operand).map((choice) => [fact, choice]) : [[fact, null]];
const atomKey = ([fact, choice]) => (choice === null ? fact : `${fact} ${choice}`);

function isSmall(law, residual) {
  const atoms = new Set(), todo = [residual];
  for (let count = 0; count < law.most_nodes; count += 1) {
    if (!todo.length) return true;
    const node = todo.pop();
    if (isShape(node)) for (let place = 1; place < node.length; place += 1) todo.push(node[place]);
    else {
      for (const atom of atomsOf(node)) atoms.add(atomKey(atom));
      if (atoms.size > law.most_open) return false;
    }
  }
  return false;
}

/** Counts how often each open answer occurs in what a trial leaves undecided. */
class Occurrences {
  constructor(law, trial) { Object.assign(this, { law, trial }); }

  test(test) {
    const answer = this.trial.get(test[1]);
    const value = answer === undefined ? UNKNOWN : compare(this.law, test, answer);
    if (value !== UNKNOWN) return { value, atoms: new Map() };
    let atoms = atomsOf(test);
    if (answer !== undefined && isChoices(answer)) atoms = atoms.filter(([, choice]) => choice && has(answer, choice) === UNKNOWN);
    return { value, atoms: new Map(atoms.map((atom) => [atomKey(atom), { atom, count: 1 }])) };
  }

  all(parts) { return this.join(allOf(parts.map((part) => part.value)), parts); }
  any(parts) { return this.join(anyOf(parts.map((part) => part.value)), parts); }
  negate(part) { return { value: negate(part.value), atoms: part.atoms }; }

  join(value, parts) {
    const atoms = new Map();
    for (const part of value === UNKNOWN ? parts.filter((each) => each.value === UNKNOWN) : []) {
      for (const [key, { atom, count }] of part.atoms) atoms.set(key, { atom, count: count + (atoms.get(key)?.count ?? 0) });
    }
    return { value, atoms };
  }
}

/** Adds the values that completions of a trial can have, until both are found. */
function search(law, residual, trial, found) {
  const { value, atoms } = fold(residual, new Occurrences(law, trial));
  if (value !== UNKNOWN) { found.add(value); return; }
  const repeated = least([...atoms.values()], (each) => -each.count);
  if (repeated.count === 1) { found.add(TRUE).add(FALSE); return; }
  const [fact, choice] = repeated.atom;
  for (const answer of possible(law, residual, fact, choice, trial.get(fact))) {
    search(law, residual, new Map(trial).set(fact, answer), found);
    if (found.size === 2) return;
  }
}

/** Answers among which every comparison in the residual tells all the difference there is. */
function possible(law, residual, fact, choice, now) {
  const question = law.questions[fact];
  if (choice !== null) {
    const told = now !== undefined && isChoices(now) ? now : { chosen: new Set(), more: true, out: new Set() };
    return [{ ...told, more: true, out: new Set(told.out).add(choice) }, { ...told, more: true, chosen: new Set(told.chosen).add(choice) }];
  }
  if (question.type === "yes_no") return [false, true];
  if (question.type === "choice") return Object.keys(question.choices);
  const bounds = unique(boundsOf(residual, fact));
  if (question.type === "number") {
    bounds.sort((one, other) => one - other);
    return [bounds[0] - 1, ...bounds];
  }
  return ["0000-01-01", ...bounds.map((bound) => dateOf(law, String(bound))).sort()];
}

function boundsOf(node, fact) {
  if (isShape(node)) return node.slice(1).flatMap((part) => boundsOf(part, fact));
  return node[1] === fact && node.length > 2 ? [node[2]] : [];
}

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
      const amount = version.amount ?? 0, percent = version.percent ?? 0;
      const turnover = version.turnover ? this.turnover(version.turnover) : null;
      const share = turnover === null ? null : Math.floor((turnover * percent) / 100);
      const lower = version.lower_if ? this.exact(version.lower_if) : FALSE;
      const [low, high] = share === null ? [null, null] : [Math.min(amount, share), Math.max(amount, share)];
      const ceiling = lower === TRUE ? low : lower === FALSE ? high : low === high ? low : null;
      found.push({ id, amount, percent, turnover, share, lower, ceiling, why: version.lower_if ? this.prove(version.lower_if) : null });
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

const orders = new WeakMap();
function orderOf(law) {
  if (!orders.has(law.questions)) orders.set(law.questions, new Map(Object.keys(law.questions).map((fact, place) => [fact, place])));
  return orders.get(law.questions);
}

/** The next question that matters and was not put aside; null where there is none. */
function nextStep(law, answers, aside, bench = new Bench(law, answers)) {
  const step = bench.possible.length > 1 ? towardsTheClass(bench, aside) : null;
  if (step) return step;
  const { duties } = bench.duties();
  const open = bench.openQuestions(duties).find((question) => !aside.has(question.fact));
  if (open) return { fact: open.fact, serves: "duties", atLeast: 0 };
  const fact = ofFines(bench, duties).find((each) => !aside.has(each));
  return fact ? { fact, serves: "fines", atLeast: 0 } : null;
}

/** The question that stands in most of the cheapest proofs of the possible classes, or refutations where none is. */
function towardsTheClass(bench, aside) {
  const askable = new Set();
  for (const { proof, value } of bench.tiers.values()) {
    proof.openFacts.forEach((fact) => askable.add(fact));
    if (value === TRUE) break;
  }
  aside.forEach((fact) => askable.delete(fact));
  const fewest = new Fewest(bench.law, bench.answers, aside);
  const ways = bench.possible.map((tier) => fold(bench.isHeadline(tier), fewest));
  const some = (place) => ways.map((way) => way[place]).filter((each) => each && each.size);
  const sets = some(0).length ? some(0) : some(1);
  if (!sets.length || !askable.size) return null;
  const counted = new Map();
  for (const each of sets) for (const fact of each) if (askable.has(fact)) counted.set(fact, (counted.get(fact) ?? 0) + 1);
  const order = orderOf(bench.law);
  const rank = (fact) => -(counted.get(fact) ?? 0) * 10000 + order.get(fact);
  return { fact: least([...(counted.size ? counted.keys() : askable)], rank), serves: "class", atLeast: Math.min(...sets.map((each) => each.size)) };
}

const NO_MORE = new Set();

/** Finds the fewest answers which would make a condition true, and those that would make it false; null where none can. */
class Fewest extends Algebra {
  constructor(law, answers, aside) { super(law, answers); this.aside = aside; }

  test(test) {
    const fact = test[1], answer = this.answers.get(fact);
    const value = answer === undefined ? UNKNOWN : compare(this.law, test, answer);
    if (value !== UNKNOWN) return value === TRUE ? [NO_MORE, null] : [null, NO_MORE];
    const itself = this.aside.has(fact) ? null : new Set([fact]);
    const gate = answer === undefined ? this.law.questions[fact].gate : null;
    return gate ? this.all([fold(gate, this), [itself, itself]]) : [itself, itself];
  }

  all(parts) { return [union(parts.map((part) => part[0])), smallest(parts.map((part) => part[1]))]; }
  any(parts) { return [smallest(parts.map((part) => part[0])), union(parts.map((part) => part[1]))]; }
  negate(part) { return [part[1], part[0]]; }
}

const union = (sets) => (sets.includes(null) ? null : new Set(sets.flatMap((each) => [...each])));
const smallest = (sets) => least(sets.filter((each) => each !== null), (each) => each.size);

/** The open questions on which the ceiling of a fine hangs. */
function ofFines(bench, duties) {
  const found = [];
  for (const penalty of bench.penalties(duties)) {
    if (penalty.ceiling !== null) continue;
    const turnover = bench.law.versions[penalty.id].turnover;
    if (turnover && penalty.turnover === null) {
      const arises = fold(bench.law.questions[turnover].gate ?? ["all"], new Proofs(bench.law, bench.answers)).openFacts;
      found.push(...(arises.length ? arises : [turnover]));
    }
    found.push(...(penalty.why ? penalty.why.openFacts : []));
  }
  return found;
}

function mayArise(law, values, fact) {
  const gate = law.questions[fact].gate;
  return !gate || fold(gate, values) !== FALSE;
}

/** The screen of a question, with those of its questions that are open and may arise; null where it is asked alone. */
function together(law, answers, step, apart) {
  const values = new Values(law, answers);
  for (const screen of law.screens) {
    if (!Object.hasOwn(screen.ordinary, step.fact) || apart.has(step.fact)) continue;
    const offered = Object.entries(screen.ordinary)
      .filter(([fact]) => !answers.has(fact) && !apart.has(fact) && mayArise(law, values, fact));
    return offered.length >= law.fewest ? { title: screen.title, ordinary: new Map(offered) } : null;
  }
  return null;
}

/** The first of the questions that did not fit on a screen and still may arise: it is asked by itself. */
function alone(law, answers, apart) {
  const values = new Values(law, answers);
  const fact = apart.find((each) => mayArise(law, values, each));
  return fact ? { fact, serves: "again", atLeast: 0 } : null;
}

function namesRule(node) {
  return node[0] === "rule" || (isShape(node) && node.slice(1).some(namesRule));
}

/** The answers to a question that does not arise, each with the answers that rule it out. Asked of the law as far as it is known. */
function ruledOut(base, answers) {
  const law = lawOf(base, base.known_to), proofs = new Proofs(law, answers), found = [];
  for (const [fact, answer] of answers) {
    const { gate, type } = law.questions[fact];
    const empty = answer === false || (typeof answer === "string" && type === "yes_no") || (isChoices(answer) && !answer.chosen.size);
    if (!gate || empty || namesRule(gate)) continue;
    const proof = fold(gate, proofs);
    if (proof.value === FALSE) found.push({ fact, others: proof.whyFacts });
  }
  return found;
}

/** The contradictions that these answers run into, each with its answers. */
function contradicted(base, answers) {
  const law = lawOf(base, base.known_to), values = new Values(law, answers);
  const tested = (node) => (isShape(node) ? node.slice(1).flatMap(tested) : node[0] === "rule" ? [] : [node[1]]);
  return base.contradictions.filter((each) => fold(each.when, values) === TRUE)
    .map((each) => ({ says: each.says, facts: unique(tested(each.when)).filter((fact) => answers.has(fact)) }));
}

/** The answers that count: those to a question that does not arise are set aside, step by step until none is left. */
function settled(base, told) {
  const answers = new Map(told), aside = new Map();
  for (let out = ruledOut(base, answers); out.length; out = ruledOut(base, answers)) {
    for (const { fact, others } of out) {
      aside.set(fact, others);
      answers.delete(fact);
    }
  }
  return { answers, aside };
}
