// Counts as words: the same as tracker/view/evidence.py says of the same numbers (a test compares them).
const plural = (n, noun) => n + " " + noun + (String(n) === "1" ? "" : "s");
const STATUS_WORDS = { corroborated: "Corroborated: at least two independent origins", "possibly-corroborated": "Possibly corroborated: one origin for certain, perhaps more",
  "single-origin": "Single origin: everything rests on one", unsupported: "Unsupported: only denials were found", "cannot-tell": "Cannot tell: nothing readable to judge by" };
const FLAG_WORDS = { unverified: "unverified", unnamed_only: "unnamed", circular: "circular reporting" };
const statusWords = c => (!live(c).same && live(c).status === "unsupported" ? "Unsupported now: nothing that is left supports it" : told(STATUS_WORDS, live(c).status, live(c).status));
// [kind, words] pairs, apparent and effective counts first, then what weakens the claim.
function says(c) {
  const l = live(c);
  if (l.words) return l.words;
  const out = [[l.echo ? "echo" : "count", plural(l.n, "outlet") + ", " + (l.echo ? "but " : "") + plural(between(l.lo, l.hi), "origin")]];
  for (const [flag, words] of Object.entries(FLAG_WORDS)) if (l[flag]) out.push(["warn", words]);
  if (c.judged) out.push(["judged", c.judged]);
  if (l.disputed) {
    const who = [...new Set(l.alive.filter(m => m.stance === "denies").map(m => m.denier))].sort();
    out.push(["dispute", who.length ? "disputed by " + who.join(", ") : "disputed by another claim"]);
  }
  l.words = out;
  return out;
}
// The sentence at the top, counted again.
function headline(list) {
  const single = list.filter(c => live(c).status === "single-origin").length, perhaps = list.filter(c => live(c).status === "possibly-corroborated").length;
  const echoes = list.filter(c => live(c).echo).sort((a, b) => compare([live(a).unverified ? 0 : 1, -live(a).n, a.id], [live(b).unverified ? 0 : 1, -live(b).n, b.id]));
  return { single, perhaps, looks: echoes[0] || null };
}
const DAY = 86400000;
const dayOf = date => Date.parse(date.slice(0, 10) + "T00:00Z");
const daysBetween = (a, b) => Math.round((dayOf(b) - dayOf(a)) / DAY);
