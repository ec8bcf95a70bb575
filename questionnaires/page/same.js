// The text a questionnaire was opened from, with only the answers changed that were: comments and layout stay.
// It is cut into entries, each with the comments above it; what comes out is read again and must say what the sheet says.
const COMMENT = /(?:^|\s)#/m;
const BARE = /^[^"'#]*?(\s+#.*)?$/;

/** The text to save. `kept` says whether nothing a person wrote in the text opened is lost. */
function saved(base, sheet) {
  const anew = written(base, sheet);
  if (!sheet.text) return { text: anew, kept: true };
  const text = changed(base, sheet);
  const again = text === null ? null : read(base, text);
  if (again?.sheet && !again.problems.length && written(base, again.sheet) === anew) return { text, kept: true };
  return { text: anew, kept: !COMMENT.test(sheet.text) };
}

/** The text with the sheet's answers in it; null where its layout does not allow that. */
function changed(base, sheet) {
  const { sheet: before, problems } = read(base, sheet.text);
  if (!before || problems.length) return null;
  const newline = sheet.text.includes("\r\n") ? "\r\n" : "\n";
  const { entries, rest } = cut(sheet.text.split(/\r?\n/), "");
  const place = entries.findIndex(({ key }) => key === "answers");
  if (place < 0 || !/^answers:\s*(#.*)?$/.test(entries[place].body[0])) return null;
  const parts = (of) => Object.fromEntries(["lang", "company", "system", "by", "on", "compliance"].map((key) => [key, of[key]]));
  const now = parts(sheet), was = parts(before);
  const top = entries.map((entry, at) => (at === place ? answersIn(base, entry, before, sheet) : renewed(entry, now, was, "")));
  const added = Object.keys(now).filter((key) => now[key] && !entries.some((entry) => entry.key === key) && now[key] !== was[key]);
  top.splice(place, 0, ...added.map((key) => lines({ [key]: now[key] })));
  return [...top.flat(), ...rest].join(newline);
}

function answersIn(base, { head, body }, before, sheet) {
  const indent = /^ +(?=[\w"'])/.exec(body.slice(1).find((line) => /^ +[\w"']/.test(line)) ?? "  x")[0];
  const { entries, rest } = cut(body.slice(1), indent);
  const flat = ({ told }) => Object.fromEntries([...told].map(([fact, given]) => [fact, asWritten(given)]));
  const now = flat(sheet), was = flat(before);
  const there = new Set(entries.map(({ key }) => key));
  const added = Object.keys(base.questions).filter((fact) => Object.hasOwn(now, fact) && !there.has(fact));
  return [...head, body[0], ...entries.flatMap((entry) => renewed(entry, now, was, indent)),
    ...added.flatMap((fact) => lines({ [fact]: now[fact] }, indent)), ...rest];
}

/** An entry as it is, or with its new value; a comment after a value in its own line stays. */
function renewed({ key, head, body }, now, was, indent) {
  if (key === null || JSON.stringify(now[key] ?? null) === JSON.stringify(was[key] ?? null)) return [...head, ...body];
  const comment = BARE.exec(body[0])?.[1] ?? "";
  const [first, ...more] = lines({ [key]: now[key] ?? null }, indent);
  return [...head, first + comment, ...more];
}

/** Lines as entries of a block at an indent, each with the comments and empty lines above it; the rest stands below all. */
function cut(all, indent) {
  const entries = [], key = new RegExp(`^${indent}["']?([^\\s"'#:][^"':]*)["']?:(?:\\s|$)`);
  let head = [];
  for (const line of all) {
    const found = key.exec(line);
    const deeper = line.startsWith(`${indent} `) && /\S/.test(line) && entries.length;
    if (found) {
      entries.push({ key: found[1], head, body: [line] });
      head = [];
    } else if (deeper && !(head.length && /^\s*#/.test(line))) {
      entries[entries.length - 1].body.push(...head, line);
      head = [];
    } else head.push(line);
  }
  return { entries, rest: head };
}
