// What to ask next, what is asked together, which answers cannot stand beside others.
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
