// The application: where one is, files in and out, what is said of it.
class App {
  constructor(base, filled, day) {
    Object.assign(this, { base, filled, day, notices: [], sticky: false, spoken: "", store: new Store() });
    this.pristine = document.documentElement.cloneNode(true);
    this.views = new Views(this);
    this.talk = new Talk(base, newSheet(base), day);
  }

  get wide() { return window.matchMedia("(min-width: 60rem)").matches; }

  run() {
    const kept = this.store.get();
    try {
      if (kept !== null) this.restore(kept);
      else if (this.filled) this.takeFilled();
    } catch {
      this.talk = new Talk(this.base, newSheet(this.base), this.day);
      this.tell([this.base.words.broken], true);
    }
    window.addEventListener("hashchange", () => this.show());
    window.addEventListener("storage", (event) => { if (event.key === this.store.key) this.elsewhere(event.newValue); });
    window.addEventListener("dragover", (event) => event.preventDefault());
    window.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files[0]) this.open(event.dataTransfer.files[0]); });
    window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
    this.show(false);
  }

  restore(kept) {
    const { words: w } = this.base;
    this.adopt(taken(this.base, kept.sheet, () => 1), kept);
    if (kept.hash !== this.base.hash) this.tell([w.other_rules, ...this.views.turned(otherwise(this.base, kept, this.talk.sheet))], true);
    if (this.filled && kept.filled !== JSON.stringify(this.filled)) {
      this.tell([w.filled_too, this.views.button(w.take_filled, () => { this.dismiss(); this.takeFilled(); this.keep(); this.show(); }, "second")], true);
    }
  }

  takeFilled() { this.adopt(taken(this.base, this.filled.sheet, () => 1), this.filled); }

  /** Take a sheet over, with what is known of the conversation that led to it and of the text it was opened from. */
  adopt({ sheet, problems }, { turns = [], since = {}, me = "", text } = {}) {
    sheet.text ??= text;
    this.talk = new Talk(this.base, sheet, this.day, me, turns, since);
    if (problems.length) this.complain(problems);
  }

  complain(problems) {
    const { words: w } = this.base;
    const said = ({ line, says, hint }) => `${fill(w.file.line, { line })} ${says}. ${hint}`;
    this.tell([this.views.count(w.file.problems, problems.length), h("ul", {}, problems.slice(0, 50).map((problem) => h("li", {}, said(problem))))], true);
  }

  tell(notice, sticky = false) {
    if (!sticky && this.sticky) this.notices.push(notice);
    else this.notices = this.sticky ? [...this.notices, notice] : [notice];
    this.sticky = this.sticky || sticky;
    this.spoken = [this.spoken, ...notice.filter((part) => typeof part === "string")].join(" ").trim();
  }

  dismiss() {
    this.notices = [];
    this.sticky = false;
    this.show();
  }

  go(route) {
    if (location.hash === `#/${route}`) this.show();
    else location.hash = `#/${route}`;
  }

  get route() {
    const route = location.hash.replace(/^#\/?/, "");
    const { sheet } = this.talk;
    return sheet.company.name && sheet.system.name && route ? route : "start";
  }

  show(moved = true) {
    const { views, talk } = this;
    let { route } = this, view;
    const fact = route.startsWith("q/") ? route.slice(2) : null;
    const step = ["answers", "result", "start"].includes(route) ? null : talk.step();
    if (fact && Object.hasOwn(this.base.questions, fact) && step?.fact !== fact) view = views.question(fact, null);
    else if (route === "answers" || route === "result" || route === "start") view = views[route]();
    else {
      route = "next";
      view = this.next(step);
    }
    document.getElementById("page").replaceChildren(...views.frame(view, route));
    document.title = `${document.querySelector("h1").textContent} – ${this.base.words.title}`;
    if (moved) { window.scrollTo(0, 0); this.focus(); }
    document.getElementById("live").textContent = this.spoken;
    this.spoken = "";
    if (!this.sticky) this.notices = [];
  }

  /** The next question or screen; its address is kept in the history, so that going back shows the question again. */
  next(step) {
    if (!step) return this.views.finished();
    try { history.replaceState(null, "", `#/q/${step.fact}`); } catch { /* some browsers refuse it for a file: only going back suffers */ }
    const screen = this.talk.screen(step);
    return screen ? this.views.screen(screen, step) : this.views.question(step.fact, step);
  }

  focus() { document.querySelector("h1").focus({ preventScroll: true }); }

  begin(form) {
    const { sheet } = this.talk, value = (id) => form.elements[id].value.trim();
    const missing = ["company", "system"].find((id) => !value(id));
    if (missing) { this.refuse(form, form.elements[missing], this.base.words.start.needed); return; }
    sheet.company.name = value("company");
    sheet.system.name = value("system");
    sheet.system.description = value("description") || undefined;
    this.talk.me = value("by");
    if (!sheet.by && this.talk.me) Object.assign(sheet, { by: this.talk.me, on: this.day });
    this.keep();
    this.go("next");
  }

  refuse(form, field, says) {
    let wrong = form.querySelector(".wrong");
    if (!wrong) {
      wrong = h("p", { id: "wrong", class: "wrong", role: "alert" });
      form.prepend(wrong);
    }
    wrong.hidden = false;
    wrong.textContent = says;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "wrong");
    field.focus();
  }

  /** The answer in a form, as a questionnaire writes it; undefined where there is none. */
  given(question, form) {
    const ticked = [...form.querySelectorAll("input[name=answer]:checked")].map((input) => input.value);
    if (question.type === "choices") {
      if (!ticked.length) return undefined;
      if (ticked.includes("none")) return [];
      return ticked.length === 1 && ticked[0] === UNKNOWN ? UNKNOWN : ticked;
    }
    if (ticked.length) return question.type === "yes_no" && ticked[0] !== UNKNOWN && !Object.hasOwn(question.choices ?? {}, ticked[0]) ? ticked[0] === "true" : ticked[0];
    const typed = form.elements.value ? form.elements.value.value.trim() : "";
    if (question.type === "date") return isDay(typed) ? typed : undefined;
    const digits = typed.replace(/[\s\u00a0\u202f_.,']/g, "");
    return /^\d+$/.test(digits) && digits.length <= MOST_DIGITS ? Number(digits) : undefined;
  }

  answer(fact, form) {
    const { words: w } = this.base, question = this.base.questions[fact], answer = this.given(question, form);
    if (answer === undefined) {
      this.refuse(form, form.elements.value ?? form.querySelector("input[name=answer]"), w.needed[question.type]);
      return;
    }
    this.talk.me = form.elements.me.value.trim();
    this.change(() => this.talk.take(fact, answer, form.elements.note.value.trim()), form);
  }

  answerTogether(screen, form) {
    const fitting = [...form.querySelectorAll("input[name=fits]:checked")].map((input) => input.value);
    this.change(() => this.talk.takeTogether(screen, fitting), form);
  }

  /** Do something to the answers, say what it changed, keep it and go on. */
  change(act, form) {
    const { words: w } = this.base, before = this.talk.bench.possible.join();
    let gone;
    try {
      gone = act();
    } catch (error) {
      if (!(error instanceof Contradicts)) throw error;
      this.refuse(form, form.querySelector("input[name=answer], input[name=value]"), `${error.message} ${w.contradicts}`);
      form.querySelector(".wrong").append(h("ul", {}, error.facts.filter((fact) => fact !== form.dataset.fact)
        .map((fact) => h("li", {}, this.views.to(`q/${fact}`, this.base.questions[fact].ask)))));
      return;
    }
    const label = (fact) => this.base.questions[fact].label;
    for (const { fact, others } of gone) this.tell([fill(w.gone, { question: label(fact), others: others.map(label).join(", ") })]);
    if (this.talk.bench.possible.join() !== before) this.spoken = `${this.spoken} ${this.views.headline()}`.trim();
    this.keep();
    this.go("next");
  }

  /** The present state, as the browser keeps it. */
  state() {
    const { turns, since, me } = this.talk;
    const { hash, lang } = this.base, { text } = this.talk.sheet;
    return { hash, lang, asked: marks(this.base), filled: this.filled && JSON.stringify(this.filled), turns, since, me, text, sheet: this.data() };
  }

  /** The answers as plain data, the way a questionnaire would hold them. */
  data() {
    const { told, text: _, ...rest } = this.talk.sheet;
    return { ...rest, answers: Object.fromEntries([...told].map(([fact, { answer, ...details }]) => [fact, { answer, ...details }])) };
  }

  keep() { this.store.set(this.state()); }

  /** The same page was changed in another window. */
  elsewhere(value) {
    if (!value) return;
    try {
      this.restore(JSON.parse(value));
      this.tell([this.base.words.elsewhere]);
      this.show(false);
    } catch { /* what is not ours is left alone */ }
  }

  wipe() {
    const { words: w } = this.base;
    const dialog = h("dialog", { "aria-labelledby": "wipe" }, h("h2", { id: "wipe" }, w.wiping.title), h("p", {}, w.wiping.lead),
      h("p", { class: "actions" }, this.views.button(w.wiping.no, () => dialog.close("no")), this.views.button(w.wiping.yes, () => dialog.close("yes"), "second")));
    dialog.addEventListener("close", () => {
      const sure = dialog.returnValue === "yes";
      dialog.remove();
      if (!sure) return;
      this.store.clear();
      this.talk = new Talk(this.base, newSheet(this.base), this.day);
      this.notices = [];
      this.sticky = false;
      this.tell([w.wiping.done]);
      this.go("start");
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  async open(file) {
    if (!file) return;
    const { words: w } = this.base;
    if (file.size > this.base.most_bytes) { this.tell([fill(w.file.refused, { file: file.name }), w.file.too_large_hint]); this.show(); return; }
    const { sheet, problems } = read(this.base, await file.text());
    if (!sheet) {
      this.tell([fill(w.file.refused, { file: file.name })]);
      this.sticky = true;
      this.complain(problems);
      this.show();
      return;
    }
    const before = this.talk;
    this.dismiss();
    this.adopt({ sheet, problems });
    this.keep();
    const said = this.views.count(fill(w.file.opened, { file: file.name }), sheet.told.size);
    if (before.sheet.told.size) this.tell([said, this.views.button(w.file.undo, () => { this.talk = before; this.keep(); this.dismiss(); }, "second")], true);
    else this.tell([said]);
    this.go(sheet.company.name && sheet.system.name ? "answers" : "start");
  }

  save() { this.give(saved(this.base, this.talk.sheet).text, "text/yaml", "questionnaire.yaml"); }

  /** This page itself, with the answers inside. */
  handOver() {
    const page = this.pristine.cloneNode(true);
    page.querySelector("#filled").textContent = JSON.stringify({ sheet: this.data(), text: this.talk.sheet.text }).replace(/</g, "\\u003c");
    this.give(`<!DOCTYPE html>\n${page.outerHTML}\n`, "text/html", "questionnaire.html");
  }

  give(text, type, name) {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = h("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    this.say(fill(this.base.words.file.saved, { file: name }));
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(saved(this.base, this.talk.sheet).text);
      this.say(this.base.words.file.copied);
    } catch {
      this.say(this.base.words.file.not_copied);
    }
  }

  say(text) {
    document.getElementById("live").textContent = text;
    document.querySelectorAll(".saving").forEach((place) => { place.querySelector(".done")?.remove(); place.append(h("p", { class: "done" }, text)); });
  }
}

const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
const inside = (id) => JSON.parse(document.getElementById(id).textContent);
new App(inside("law"), inside("filled"), today).run();
