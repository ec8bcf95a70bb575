// What is shown: each view is a function of the application, and everything a person wrote goes in as text, never as markup.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

class Pages {
  constructor(app) { this.app = app; }

  get w() { return this.app.base.words; }
  get base() { return this.app.base; }
  get talk() { return this.app.talk; }
  get law() { return this.app.talk.law; }
  get french() { return this.base.lang === "fr"; }

  /** `one|many` for a number, which both forms may name. */
  count(text, n) {
    const [one, many] = text.split("|");
    return fill((this.french ? n < 2 : n === 1) ? one : many ?? one, { n: this.number(n) });
  }

  number(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, this.french ? "\u202f" : ","); }
  money(euros) { return this.french ? `${this.number(euros)}\u00a0€` : `EUR\u00a0${this.number(euros)}`; }

  day(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return `${day === 1 ? this.w.first_day : day}\u00a0${this.w.months[month - 1]} ${String(year).padStart(4, "0")}`;
  }

  listed(items, link) {
    return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${link} ${items[items.length - 1]}`;
  }

  says(fact, answer) {
    const question = this.base.questions[fact];
    if (answer === null) return this.w.open;
    if (answer === UNKNOWN) return this.w.dont_know;
    if (typeof answer === "boolean") return answer ? this.w.yes : this.w.no;
    if (Array.isArray(answer)) {
      const said = answer.map((choice) => (choice === UNKNOWN ? this.w.perhaps : question.choices[choice]));
      return said.join(this.french ? "\u202f; " : "; ") || this.w.none;
    }
    if (question.choices) return question.choices[answer];
    if (typeof answer === "number") return this.number(answer) + (question.unit ? `\u00a0${question.unit}` : "");
    return this.day(answer);
  }

  cites(ids) {
    return ids.map((id) => this.law.provisions[id]).filter(Boolean)
      .map(([name, address]) => h("a", { class: "cite", href: address, target: "_blank", rel: "noopener noreferrer" }, name, h("span", { class: "unseen" }, ` ${this.w.new_window}`)));
  }

  cited(rule) { return this.cites(this.law.versions[rule].cites.slice(0, 2)); }
  to(route, says, more = {}) { return h("a", { href: `#/${route}`, ...more }, says); }
  button(says, act, kind = "") { return h("button", { type: "button", class: kind, onclick: act }, says); }

  /** The whole page around a view. */
  frame(view, route) {
    const { w } = this, { sheet } = this.talk;
    const link = (name, says) => h("li", {}, this.to(name, says, { "aria-current": route === name || (name === "next" && /^(q|next)/.test(route)) ? "page" : null }));
    return [
      h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); this.app.focus(); } }, w.skip),
      h("header", { class: "top" },
        h("p", { class: "name" }, h("strong", {}, sheet.system.name || w.title), sheet.company.name ? h("span", {}, sheet.company.name) : null),
        route === "start" ? null : h("nav", { "aria-label": w.nav.label }, h("ul", {},
          link("next", w.nav.questions), link("answers", this.count(w.nav.answers, this.talk.sheet.told.size)), link("result", w.nav.result)))),
      h("div", { class: route === "start" || route === "result" ? "body" : "body with-standing" },
        h("main", { id: "main" }, this.notices(), view),
        route === "start" || route === "result" ? null : this.standing()),
      h("footer", {}, h("p", {}, fill(w.foot, { day: this.day(this.talk.day), known: this.day(this.base.known_to), version: this.base.version, hash: this.base.hash.slice(0, 12) }), " ", w.disclaimer, "."),
        h("p", {}, this.app.store.works ? w.kept_here : w.not_kept, " ", this.button(w.wipe, () => this.app.wipe(), "link"))),
    ];
  }

  notices() {
    const { notices } = this.app;
    if (!notices.length) return null;
    return h("div", { class: "notices", role: "region", "aria-label": this.w.notices },
      notices.map((notice) => h("div", { class: "notice" }, notice.map((part) => (typeof part === "string" ? h("p", {}, part) : part)))),
      this.app.sticky ? this.button(this.w.dismiss, () => this.app.dismiss(), "link") : null);
  }

  /** What the system still can be, what it no longer can and since which answer. */
  standing() {
    const { w, talk } = this, { tiers } = talk.bench, left = talk.bench.possible;
    const out = [...tiers.keys()].filter((tier) => !left.includes(tier));
    const roles = [...talk.bench.roles].filter(([, finding]) => finding.value === TRUE).map(([role]) => w.role[role] ?? role);
    return h("aside", { class: "standing", "aria-labelledby": "standing" },
      h("h2", { id: "standing" }, left.length === 1 ? w.standing.is : w.standing.could_be),
      h("ul", { class: "tiers" }, left.map((tier) => h("li", { class: `mark ${left.length === 1 ? "yes" : "open"}` },
        h("span", {}, w.tier[tier].name), " ", this.cited(tiers.get(tier).id)))),
      roles.length ? h("p", { class: "soft" }, fill(w.standing.roles, { roles: this.listed(roles, w.and) })) : null,
      out.length ? h("details", { open: this.app.wide }, h("summary", {}, this.count(w.standing.out, out.length)), h("ul", { class: "tiers" }, out.map((tier) => {
        const since = talk.against(tier);
        return h("li", { class: "mark no" }, h("span", {}, w.tier[tier].name), " ", this.cited(tiers.get(tier).id),
          h("span", { class: "since" }, since ? [`${w.standing.since} `, this.to(`q/${since}`, this.base.questions[since].label)] : w.standing.by_several));
      }))) : null);
  }

  start() {
    const { w, talk } = this, { sheet } = talk;
    const field = (id, value, needed, area = false) => h("p", { class: "field" },
      h("label", { for: id }, w.start[id], needed ? null : h("span", { class: "soft" }, ` ${w.optional}`)),
      area ? h("textarea", { id, rows: 3, maxlength: this.base.longest_note }, value ?? "") : h("input", { id, type: "text", maxlength: this.base.longest_name, value: value ?? "", required: needed, autocomplete: "off" }));
    const form = h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.app.begin(form); } },
      field("company", sheet.company.name, true), field("system", sheet.system.name, true),
      field("description", sheet.system.description, false, true), field("by", talk.me || sheet.by, false),
      h("p", { class: "actions" }, h("button", { type: "submit" }, sheet.told.size ? w.start.go_on : w.start.begin)));
    return [
      h("h1", { tabindex: -1 }, w.start.title),
      h("p", { class: "lead" }, fill(w.start.lead, { count: this.number(Object.keys(this.base.questions).length) })),
      h("p", { class: "lead" }, w.start.private),
      form, this.opener(),
    ];
  }

  opener() {
    const { w } = this;
    return h("section", { class: "opener" }, h("h2", {}, w.file.open), h("p", {}, w.file.open_how),
      h("p", { class: "field" }, h("label", { for: "file" }, w.file.label),
        h("input", { id: "file", type: "file", accept: ".yaml,.yml,text/yaml,text/plain", onchange: (event) => this.app.open(event.target.files[0]) })));
  }

  /** One question: its help, its answers as large targets, the answer `I do not know` among them, a note. */
  question(fact, step) {
    const { w, talk } = this, question = this.base.questions[fact], told = talk.sheet.told.get(fact);
    const before = talk.before(fact), more = step && step.atLeast > 1 ? this.count(w.at_least, step.atLeast) : null;
    const rows = this.rows(fact, question, told ? told.answer : undefined);
    const form = h("form", { class: "question", novalidate: true, "data-fact": fact, onsubmit: (event) => { event.preventDefault(); this.app.answer(fact, form); } },
      h("p", { class: "tag" }, `${fill(w.question_number, { n: talk.numberOf(fact) })} · ${this.base.groups[question.group]}`),
      h("fieldset", { "aria-describedby": "help" },
        h("legend", {}, h("h1", { tabindex: -1 }, question.ask)),
        h("p", { id: "help", class: "help" }, question.help),
        h("p", { id: "wrong", class: "wrong", role: "alert", hidden: true }),
        h("div", { class: "choices" }, rows)),
      h("details", { class: "note", open: Boolean(told && told.note) }, h("summary", {}, w.note.add),
        h("p", { class: "field" }, h("label", { for: "note" }, w.note.label), h("textarea", { id: "note", name: "note", rows: 3, maxlength: this.base.longest_note }, told?.note ?? "")),
        h("p", { class: "field" }, h("label", { for: "me" }, w.note.by), h("input", { id: "me", name: "me", type: "text", autocomplete: "off", maxlength: this.base.longest_name, value: talk.me || talk.sheet.by || "" }))),
      h("p", { class: "actions" }, h("button", { type: "submit" }, w.go_on), before ? this.to(`q/${before}`, w.back, { class: "back" }) : null),
      more ? h("p", { class: "soft" }, more) : null,
      h("p", { class: "soft" }, fill(w.known_by, { people: question.known_by })),
      h("p", { class: "soft" }, w.serves, " ", this.cites(question.cites)),
      told && (told.by ?? talk.sheet.by) ? h("p", { class: "soft" }, fill(told.on ?? talk.sheet.on ? w.told_on : w.told, { by: told.by ?? talk.sheet.by, day: told.on ?? talk.sheet.on ? this.day(told.on ?? talk.sheet.on) : "" })) : null);
    return form;
  }

  rows(fact, question, now) {
    const { w } = this;
    const row = (type, value, says, on, act) => {
      const id = `a-${value}`;
      return h("div", { class: "choice" }, h("input", { type, id, name: "answer", value, checked: on, onchange: act }), h("label", { for: id }, says));
    };
    const unknown = (type, says = w.dont_know, act = null) => row(type, UNKNOWN, says, now === UNKNOWN || (Array.isArray(now) && now.includes(UNKNOWN)), act);
    const choices = Object.entries(question.choices ?? {});
    if (question.type === "yes_no") {
      return [row("radio", "true", w.yes_first, now === true), row("radio", "false", w.no_first, now === false),
        ...choices.map(([value, says]) => row("radio", value, says, now === value)), unknown("radio")];
    }
    if (question.type === "choice") return [...choices.map(([value, says]) => row("radio", value, says, now === value)), unknown("radio")];
    if (question.type === "choices") {
      const alone = (event) => { if (event.target.checked) for (const other of event.target.form.elements.answer) if (other !== event.target) other.checked = false; };
      const notNone = (event) => { if (event.target.checked) event.target.form.querySelector("#a-none").checked = false; };
      return [h("p", { class: "soft" }, w.several), ...choices.map(([value, says]) => row("checkbox", value, says, Array.isArray(now) && now.includes(value), notNone)),
        row("checkbox", "none", w.none_first, Array.isArray(now) && !now.length, alone), unknown("checkbox", w.perhaps_first, notNone)];
    }
    const typed = h("input", { id: "value", name: "value", type: question.type === "date" ? "date" : "text", inputmode: question.type === "number" ? "numeric" : null,
      autocomplete: "off", value: now === undefined || now === null || now === UNKNOWN ? "" : now,
      oninput: (event) => { if (event.target.value) event.target.form.elements.answer.checked = false; } });
    const label = question.type === "date" ? w.date : question.unit ? fill(w.number_in, { unit: question.unit }) : w.a_number;
    const clear = (event) => { if (event.target.checked) typed.value = ""; };
    return [h("p", { class: "field" }, h("label", { for: "value" }, label), typed), unknown("checkbox", w.dont_know, clear)];
  }

  /** Questions that most answer alike, each with its ordinary answer, ticked. */
  screen(screen, step) {
    const { w, talk } = this, before = talk.before(step.fact);
    const form = h("form", { class: "question", novalidate: true, "data-fact": step.fact, onsubmit: (event) => { event.preventDefault(); this.app.answerTogether(screen, form); } },
      h("p", { class: "tag" }, fill(w.question_number, { n: talk.numberOf(step.fact) })),
      h("fieldset", { "aria-describedby": "help" },
        h("legend", {}, h("h1", { tabindex: -1 }, `${screen.title}${this.french ? "\u00a0" : ""}: ${w.screen.title}`)),
        h("p", { id: "help", class: "help" }, w.screen.how),
        h("div", { class: "choices" }, [...screen.ordinary].map(([fact, value]) => h("div", { class: "choice" },
          h("input", { type: "checkbox", id: `a-${fact}`, name: "fits", value: fact, checked: true }),
          h("label", { for: `a-${fact}` }, h("span", { class: "asked" }, this.base.questions[fact].ask), h("strong", {}, this.says(fact, value))))))),
      h("p", { class: "actions" }, h("button", { type: "submit" }, w.screen.go_on), before ? this.to(`q/${before}`, w.back, { class: "back" }) : null));
    return form;
  }

  /** Nothing that matters is left to ask. */
  finished() {
    const { w, talk } = this, waiting = talk.putOff();
    return [h("h1", { tabindex: -1 }, waiting.length ? w.finished.waiting_title : w.finished.title),
      h("p", { class: "lead" }, waiting.length ? this.count(w.finished.waiting, waiting.length) : w.finished.lead),
      waiting.length ? h("ul", { class: "plain" }, waiting.map((fact) => h("li", {}, this.to(`q/${fact}`, this.base.questions[fact].ask)))) : null,
      h("p", { class: "actions" }, this.to("result", w.finished.result, { class: "button" }),
        waiting.length ? this.button(w.finished.again, () => { talk.takeUp(waiting); this.app.go("next"); }, "second") : null)];
  }

  /** All answers under their headings, each with a link to change it; and those that do not count for now. */
  answers() {
    const { w, talk, base } = this, told = Object.keys(base.questions).filter((fact) => talk.sheet.told.has(fact));
    const groups = Object.keys(base.groups).map((group) => [group, told.filter((fact) => base.questions[fact].group === group)]).filter(([, facts]) => facts.length);
    const entry = (fact) => {
      const { answer, note, by, on } = talk.sheet.told.get(fact), { ask } = base.questions[fact], others = talk.setAside.get(fact);
      const signed = [by ?? talk.sheet.by, on ?? talk.sheet.on ? this.day(on ?? talk.sheet.on) : null].filter(Boolean).join(", ");
      return h("div", { class: others ? "told aside" : "told" }, h("dt", {}, ask),
        h("dd", {}, h("strong", {}, this.says(fact, answer)), note ? h("p", { class: "user" }, note) : null, signed ? h("p", { class: "soft" }, signed) : null,
          others ? h("p", { class: "wrong" }, fill(w.answers.set_aside, { others: others.map((other) => base.questions[other].label).join(", ") })) : null),
        h("dd", { class: "change" }, this.to(`q/${fact}`, w.answers.change, { "aria-label": `${w.answers.change}${this.french ? "\u00a0" : ""}: ${ask}` })));
    };
    return [h("h1", { tabindex: -1 }, w.answers.title),
      told.length ? null : h("p", { class: "lead" }, w.answers.none),
      this.left(), groups.map(([group, facts]) => h("section", {}, h("h2", {}, base.groups[group]), h("dl", {}, facts.map(entry)))),
      this.saving(), this.opener()];
  }

  /** The open questions that still matter, the most decisive first. */
  left() {
    const { w } = this, { open } = this.talk.verdict, most = 10;
    return open.length ? h("section", {}, h("h2", {}, w.result.questions),
      h("ol", { class: "plain" }, open.slice(0, most).map(({ fact }) => h("li", {}, this.to(`q/${fact}`, this.base.questions[fact].ask)))),
      open.length > most ? h("p", { class: "soft" }, this.count(w.result.more, open.length - most)) : null) : null;
  }

  /** What is asked otherwise than when the answers were given, as notices. */
  turned({ reworded, rechosen, added }) {
    const { w } = this, most = 20, list = (says, facts) => (facts.length ? [says, h("ul", {}, facts.slice(0, most).map((fact) => h("li", {}, this.to(`q/${fact}`, this.base.questions[fact].ask))),
      facts.length > most ? h("li", {}, this.count(w.result.more, facts.length - most)) : null)] : []);
    return [...list(w.turned.rechosen, rechosen), ...list(w.turned.reworded, reworded), ...list(w.turned.added, added)];
  }

  saving() {
    const { w, app } = this;
    return h("section", { class: "saving" }, h("h2", {}, w.file.save), h("p", {}, w.file.save_how),
      saved(this.base, this.talk.sheet).kept ? null : h("p", { class: "notice" }, w.file.comments_lost),
      h("p", { class: "actions" }, this.button(w.file.yaml, () => app.save()), this.button(w.file.copy, () => app.copy(), "second"),
        this.button(w.file.hand_over, () => app.handOver(), "second")));
  }
}
