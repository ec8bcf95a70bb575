// A questionnaire as a file: written so that the program reads it, and read with every mistake shown and the rest kept.
// A sheet is a questionnaire in memory: lang, company, system, by, on, told (answers by question), compliance, whether
// names were left out of it, and the text it was opened from, where it was.
const TEXTS = { company: ["name", "place"], system: ["name", "version", "description"] };
const DETAILS = ["note", "by", "on"];
const WORK = ["status", "reason", "owner", "due", "note"];
const LONG = ["description", "note", "reason", "evidence"];
const MOST_DIGITS = 15;
const PLAIN = /^\p{L}[\p{L}\p{N}]*(?:[ ’_-][\p{L}\p{N}]+)*$/u;
const RESERVED = /^(?:null|true|false|y|n|yes|no|on|off)$/i;

const newSheet = (base) => ({ lang: base.lang, company: {}, system: {}, told: new Map(), compliance: null });

function scalar(value) {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  if (PLAIN.test(value) && !RESERVED.test(value)) return value;
  return `"${[...value].map(escaped).join("")}"`;
}

function escaped(sign) {
  if (sign === '"' || sign === "\\") return `\\${sign}`;
  if (sign === "\n") return "\\n";
  if (/[\ud800-\udfff]/u.test(sign)) return "\ufffd";
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} \u00a0\u202f]/u.test(sign) ? sign : `\\U${sign.codePointAt(0).toString(16).toUpperCase().padStart(8, "0")}`;
}

/** Entries as lines: blocks for what has parts, one line for a list of words. */
function lines(entries, indent = "") {
  return Object.entries(entries).filter(([, value]) => value !== undefined).flatMap(([key, value]) => {
    if (Array.isArray(value)) return [`${indent}${key}: ${inBrackets(value)}`];
    if (value !== null && typeof value === "object") return [`${indent}${key}:`, ...lines(value, `${indent}  `)];
    return [`${indent}${key}: ${scalar(value)}`.trimEnd()];
  });
}

function inBrackets(value) {
  if (Array.isArray(value)) return `[${value.map(inBrackets).join(", ")}]`;
  if (value !== null && typeof value === "object") return `{ ${Object.entries(value).map(([key, part]) => `${key}: ${inBrackets(part)}`).join(", ")} }`;
  return value === null ? "null" : scalar(value);
}

const asWritten = ({ answer, ...details }) => (DETAILS.some((key) => details[key]) ? { answer, ...details } : answer);

/** The text of the questionnaire, written anew. */
function written(base, sheet) {
  const answers = {};
  for (const fact of Object.keys(base.questions)) {
    if (!sheet.told.has(fact)) continue;
    answers[fact] = asWritten(sheet.told.get(fact));
  }
  const { lang, redacted, company, system, by, on, compliance } = sheet;
  return `${lines({ lang, redacted, company, system, by, on, answers, ...(compliance ? { compliance } : {}) }).join("\n")}\n`;
}

/** What a text says: the sheet, null where it is none at all, and what was wrong: line, what, and how to put it right. */
function read(base, text) {
  const w = base.words.file;
  text = text.replace(/^\ufeff/, "");
  if (text.length > base.most_bytes) return { sheet: null, problems: [{ line: 1, says: w.too_large, hint: w.too_large_hint }] };
  const { FAILSAFE_SCHEMA, nullCoreTag, boolJsonTag, intJsonTag, load } = jsyaml;
  let data;
  try {
    data = load(text, { schema: FAILSAFE_SCHEMA.withTags(nullCoreTag, boolJsonTag, intJsonTag), maxAliases: 100, maxDepth: 20 });
  } catch (error) {
    return { sheet: null, problems: [{ line: (error.mark?.line ?? 0) + 1, says: w.not_yaml, hint: fill(w.not_yaml_hint, { reason: error.reason ?? error.message }) }] };
  }
  if (!isBlock(data) || !(isBlock(data.answers) || data.answers === null)) {
    return { sheet: null, problems: [{ line: 1, says: w.no_questionnaire, hint: w.no_questionnaire_hint }] };
  }
  const found = taken(base, data, (key) => lineOf(text, key));
  found.sheet.text = text;
  return found;
}

const isBlock = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function lineOf(text, key) {
  const quoted = key.replace(/[^\w]/g, "\\$&");
  const found = new RegExp(`^[ \\t]*["']?${quoted}["']?[ \\t]*:`, "m").exec(text) ?? new RegExp(`["'{, ]${quoted}["']?:`).exec(text);
  return found ? text.slice(0, found.index).split("\n").length : 1;
}

/** The data of a questionnaire as a sheet; what does not fit is left out and said. */
function taken(base, data, line) {
  const w = base.words.file, sheet = newSheet(base), problems = [];
  const wrong = (key, says, hint, value) => problems.push({ line: line(key), says: fill(says, { name: key, written: shortly(value) }), hint: fill(hint, { name: key }) });
  const text = (key, value, at = key) => {
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (value === null || value === undefined) return undefined;
    if (typeof value !== "string" || !/\S/.test(value)) wrong(at, w.no_text, w.left_out, value);
    else if (value.length > (LONG.includes(key) ? base.longest_note : base.longest_name)) wrong(at, w.too_long, w.left_out, value);
    else return value;
    return undefined;
  };
  for (const [key, value] of Object.entries(data)) {
    if (Object.hasOwn(TEXTS, key) && isBlock(value)) {
      for (const [name, part] of Object.entries(value)) {
        if (TEXTS[key].includes(name)) sheet[key][name] = text(name, part);
        else wrong(name, w.unknown_key, w.left_out, part);
      }
    } else if (key === "lang") {
      if (value === "en" || value === "fr") sheet.lang = value;
    } else if (key === "redacted" && (value === true || value === "true")) sheet.redacted = true;
    else if (key === "by") sheet.by = text(key, value);
    else if (key === "on") {
      if (isDay(value)) sheet.on = value;
      else wrong(key, w.no_day, w.left_out, value);
    } else if (key === "compliance" && (value === null || isBlock(value))) {
      const entries = Object.entries(value ?? {}).map(([duty, entry]) => [duty, workOf(base, duty, entry, text, wrong)]).filter(([, entry]) => entry);
      if (entries.length) sheet.compliance = Object.fromEntries(entries);
    } else if (key !== "answers") wrong(key, Object.hasOwn(base.questions, key) ? w.outside : w.unknown_key, w.left_out, value);
  }
  for (const [fact, value] of Object.entries(isBlock(data.answers) ? data.answers : {})) {
    if (!Object.hasOwn(base.questions, fact)) { wrong(fact, w.unknown_question, w.left_out, value); continue; }
    const block = isBlock(value) ? value : { answer: value };
    const given = block.answer === undefined ? null : block.answer;
    if (!fits(base.questions[fact], given)) { wrong(fact, w.unfit[base.questions[fact].type], w.ask_again, given); continue; }
    const told = { answer: given, note: text("note", block.note, fact), by: text("by", block.by, fact), on: isDay(block.on) ? block.on : undefined };
    for (const key of Object.keys(block)) if (key !== "answer" && !DETAILS.includes(key)) wrong(key, w.unknown_key, w.left_out, block[key]);
    if (given !== null || told.note) sheet.told.set(fact, told);
  }
  return { sheet, problems };
}

/** What a company says of its work on a duty; undefined where it is not understood. */
function workOf(base, duty, entry, text, wrong) {
  const w = base.words.file;
  if (!Object.hasOwn(base.rules, duty) || !base.owed.includes(base.rules[duty].kind)) return wrong(duty, w.unknown_duty, w.left_out, entry);
  if (!isBlock(entry) || !base.statuses.includes(entry.status)) return wrong(duty, w.no_work, w.left_out, entry);
  const work = Object.fromEntries(WORK.map((key) => [key, text(key, entry[key], duty)]));
  for (const key of Object.keys(entry)) if (key !== "evidence" && !WORK.includes(key)) wrong(key, w.unknown_key, w.left_out, entry[key]);
  const item = (each) => {
    const [[kind, says]] = isBlock(each) ? [...Object.entries(each), ["", null]] : [["", each]];
    const said = text("evidence", says, duty);
    return said && ["link", "file"].includes(kind) ? { [kind]: said } : said;
  };
  if (Array.isArray(entry.evidence)) work.evidence = entry.evidence.map(item).filter(Boolean);
  return work;
}

/** A value in a few signs; what has parts is not unfolded, since references may make it endless. */
function shortly(value) {
  if (Array.isArray(value)) return `[${value.slice(0, 5).map((each) => (each !== null && typeof each === "object" ? "…" : String(each))).join(", ")}]`.slice(0, 200);
  const said = value !== null && typeof value === "object" ? "{ … }" : String(value);
  return said.length > 80 ? `${said.slice(0, 80)}…` : said;
}

function isDay(value) {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < "0001") return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value;
}

/** Whether a value, as a questionnaire would write it, answers a question. */
function fits(question, value) {
  if (value === null || value === UNKNOWN) return true;
  const choices = Object.keys(question.choices ?? {});
  switch (question.type) {
    case "yes_no": return typeof value === "boolean" || choices.includes(value);
    case "choice": return choices.includes(value);
    case "choices":
      return Array.isArray(value) && unique(value).length === value.length && value.every((each) => each === UNKNOWN || choices.includes(each));
    case "number": return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 10 ** MOST_DIGITS;
    default: return isDay(value);
  }
}

/** A sentence with its slots filled. */
const fill = (sentence, slots) => sentence.replace(/\{(\w+)\}/g, (slot, name) => (Object.hasOwn(slots, name) ? String(slots[name]) : slot));
