// Runs the page's own engine in node on what a test gives it, and prints what came out as JSON.
const { readFileSync } = require("node:fs");
const given = JSON.parse(readFileSync(0, "utf-8"));

const answersOf = (base, told) => {
  const taken = Object.entries(told).map(([fact, value]) => [fact, normalise(base.questions[fact], value)]);
  return settled(base, new Map(taken.filter(([, answer]) => answer !== null))).answers;
};

function tiers(bench) {
  return [...bench.tiers].filter(([, { value }]) => value !== FALSE).map(([tier, { id, value }]) => {
    const name = bench.law.versions[id].applies;
    return { tier, value, date: (name && bench.start(name).date) || "" };
  });
}

const routes = (bench) => bench.ids().filter((id) => bench.law.rules[id].route).map((id) => bench.finding(id)).filter(({ value }) => value !== FALSE);
const trimmed = (line) => line.trimEnd();

/** What is sure, as tests/frozen/cases has it. */
function sure(bench, name) {
  const verdict = bench.verdict();
  return [
    `## ${name}`, `day: ${verdict.day}`, `headline: ${verdict.headline}`,
    ...tiers(bench).filter(({ value }) => value === TRUE).map(({ tier, date }) => trimmed(`tier: ${tier} ${date}`)),
    ...verdict.roles.filter(({ value }) => value === TRUE).map(({ role }) => `role: ${role}`),
    ...routes(bench).filter(({ value }) => value === TRUE).map(({ id }) => `route: ${id}`),
    ...verdict.duties.filter(({ value, start }) => value === TRUE && start.date).map(({ role, id, state, start }) => `duty: ${role} ${id} ${state} ${start.date}`),
    ...verdict.exemptions.map(({ role, id }) => `exempt: ${role} ${id}`), "",
  ].join("\n");
}

/** All that tests/frozen has of an example, but for the conformity routes, which the page does not show. */
function whole(bench) {
  const verdict = bench.verdict();
  return [
    `## ${verdict.day}`, `headline: ${verdict.headline} (${verdict.possible.join(", ")})`,
    ...tiers(bench).map(({ tier, value, date }) => trimmed(`tier: ${tier} ${value} ${date}`)),
    ...verdict.roles.map(({ role, value }) => `role: ${role} ${value}`),
    ...routes(bench).map(({ id, value }) => `route: ${id} ${value}`),
    ...verdict.duties.map(({ role, id, state, start }) => `duty: ${role} ${id} ${state} ${start.date ?? start.possible.join(" or ")}`),
    ...verdict.options.map(({ role, id, state }) => `option: ${role} ${id} ${state}`),
    ...verdict.exemptions.map(({ role, id }) => `exempt: ${role} ${id}`),
    ...verdict.penalties.map(({ id, ceiling }) => `penalty: ${id} ${ceiling ?? "None"}`),
    `open: ${verdict.open.map(({ fact }) => fact).join(", ")}`,
  ].join("\n");
}

const tasks = {
  /** Files as they are on disk, each on a day. */
  sure: ({ base, files }) => files.map(({ text, name, day }) => {
    const { talk } = opened(base, text, day);
    return sure(talk.bench, name);
  }),
  whole: ({ base, files, days }) => files.map((text) => days.map((day) => whole(opened(base, text, day).talk.bench)).join("\n\n")),
  /** Answers as a questionnaire writes them: the outcome, the next question and the screen it stands on. */
  next: ({ base, day, told }) => told.map((each) => {
    const law = lawOf(base, day), answers = answersOf(base, each), bench = new Bench(law, answers), verdict = bench.verdict();
    const step = nextStep(law, answers, new Set(), bench), screen = step && together(law, answers, step, new Set());
    return {
      counts: [...answers.keys()].sort(), exclude: contradicted(base, answers).map(({ facts }) => facts), possible: verdict.possible,
      roles: verdict.roles.map(({ role, value }) => [role, value]),
      duties: verdict.duties.map((duty) => [duty.role, duty.id, duty.state, duty.start.date]),
      step: step && [step.fact, step.serves, step.atLeast], screen: screen && [...screen.ordinary.keys()],
    };
  }),
  /** Single comparisons, each with an answer as a questionnaire writes it. */
  compared: ({ base, day, pairs }) => pairs.map(([test, value]) => compare(lawOf(base, day), test, normalise(base.questions[test[1]], value))),
  /** One answer changed in a questionnaire: what had to go, or what it cannot be right with; and the file then. */
  changed: ({ base, day, text, changes }) => changes.map(([fact, value]) => {
    const { talk } = opened(base, text, day);
    try {
      const gone = talk.take(fact, value).map((each) => each.fact);
      return { gone, text: written(base, talk.sheet) };
    } catch (error) {
      if (!(error instanceof Contradicts)) throw error;
      return { says: error.message };
    }
  }),
  /** A text opened, some answers changed, and saved: with what stood around them. */
  kept: ({ base, day, texts }) => texts.map(([text, changes]) => {
    const { talk } = opened(base, text, day);
    changes.forEach(([fact, value, note]) => talk.take(fact, value, note));
    return saved(base, talk.sheet);
  }),
  /** A text read and written again. */
  again: ({ base, texts }) => texts.map((text) => {
    const { sheet, problems } = read(base, text);
    return { text: sheet && written(base, sheet), problems };
  }),
  /** A conversation with somebody who answers as `told`. */
  sitting: ({ base, day, told }) => {
    const sheet = { ...newSheet(base), company: { name: "A" }, system: { name: "B" } }, talk = new Talk(base, sheet, day), asked = [];
    for (let step = talk.step(); step; step = talk.step()) {
      const screen = talk.screen(step), same = (fact, value) => Object.hasOwn(told, fact) && JSON.stringify(told[fact]) === JSON.stringify(value);
      asked.push(screen ? [...screen.ordinary.keys()] : [step.fact]);
      if (screen) talk.takeTogether(screen, [...screen.ordinary].filter(([fact, value]) => same(fact, value)).map(([fact]) => fact));
      else talk.take(step.fact, Object.hasOwn(told, step.fact) ? told[step.fact] : UNKNOWN);
    }
    return { asked, text: written(base, sheet) };
  },
};

function opened(base, text, day) {
  const { sheet } = read(base, text);
  return { talk: new Talk(base, sheet, day) };
}

process.stdout.write(JSON.stringify(tasks[given.task](given)));
