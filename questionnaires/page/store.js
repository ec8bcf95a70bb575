// What the browser keeps between two visits, and how to tell later what is asked otherwise.
const KEPT = "aiact-check questionnaire";

/** Each question as it is now, in a few signs: its words, its choices. */
function marks(base) {
  const mark = (...parts) => {
    let sum = 0x811c9dc5;
    for (const sign of JSON.stringify(parts)) sum = Math.imul(sum ^ sign.codePointAt(0), 0x01000193) >>> 0;
    return sum.toString(36);
  };
  return Object.fromEntries(Object.entries(base.questions).map(([fact, { type, ask, help, choices, unit }]) =>
    [fact, [mark(ask, help, choices, unit), mark(type, Object.keys(choices ?? {}))]]));
}

/** What is asked otherwise than when something was kept: of the questions answered then, and the questions that came. */
function otherwise(base, { asked, lang }, { told }) {
  const now = marks(base), answered = Object.keys(asked ?? {}).filter((fact) => told.has(fact));
  const rechosen = answered.filter((fact) => asked[fact][1] !== now[fact][1]);
  const reworded = lang === base.lang ? answered.filter((fact) => asked[fact][0] !== now[fact][0] && !rechosen.includes(fact)) : [];
  return { rechosen, reworded, added: asked ? Object.keys(now).filter((fact) => !Object.hasOwn(asked, fact)) : [] };
}

/** What the browser keeps between two visits, where it is allowed to. */
class Store {
  constructor() {
    this.key = `${KEPT} ${location.pathname}`;
    this.works = true;
  }

  get() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch (error) {
      if (error instanceof SyntaxError) return {};
      this.works = false;
      return null;
    }
  }

  set(value) {
    try {
      localStorage.setItem(this.key, JSON.stringify(value));
      this.works = true;
    } catch {
      this.works = false;
    }
  }

  clear() {
    try { localStorage.removeItem(this.key); } catch { this.works = false; }
  }
}
