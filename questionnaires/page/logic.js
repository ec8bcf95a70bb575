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
