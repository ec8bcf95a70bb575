// What the browser keeps between two visits.
const KEPT = "aiact-check questionnaire";

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
