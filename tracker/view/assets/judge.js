// A reader's own judgements: kept in this browser, written to judgements.jsonl for `tracker judge import` (docs/formats.md). They change no count here.
const KEPT = "tracker.judgements";
let judgements = [];
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, text) { try { localStorage.setItem(key, text); return true; } catch { return false; } },
};
let keeps = true;
const KINDS = { same: "same claim as", different: "different from", "same-voice": "one voice", verified: "verified", refuted: "refuted" };
function isJudgement(j) {
  return j && typeof j === "object" && Object.hasOwn(KINDS, j.kind) && Array.isArray(j.ids) && j.ids.length > 0 && j.ids.every(id => typeof id === "string") && ["who", "why", "when"].every(k => typeof j[k] === "string");
}
function loadJudgements() {
  try { const list = JSON.parse(store.get(KEPT) || "[]"); judgements = Array.isArray(list) ? list.filter(isJudgement) : []; } catch { judgements = []; }
}
function keep() { keeps = store.set(KEPT, JSON.stringify(judgements)); drawTally(); }
const known = id => byId.has(id) || originClaim(id) !== null;
let originHomes = null;
function originClaim(id) {
  if (!originHomes) { originHomes = new Map(); for (const c of claims) for (const o of c.origins) originHomes.set(o.id, c); }
  return originHomes.get(id) || null;
}
const ours = () => judgements.filter(j => j.ids.every(known));
const asJsonl = () => ours().map(({ kind, ids, who, why, when }) => JSON.stringify({ kind, ids, who, why, when }) + "\n").join("");
function judge(kind, ids) {
  const who = store.get("tracker.who") || "", why = $("why") ? $("why").value.trim().slice(0, 2000) : "";
  judgements = judgements.filter(j => !(j.ids.join() === ids.join() && (j.kind === kind || (opposite[kind] && opposite[kind] === j.kind))));
  judgements.push({ kind, ids, who, why, when: new Date().toISOString().slice(0, 19) + "Z" });
  keep(); rejudged();
}
const opposite = { verified: "refuted", refuted: "verified", same: "different", different: "same" };
function withdraw(j) { judgements = judgements.filter(x => x !== j); keep(); rejudged(); }
function rejudged() { drawTable(list); drawEvidence(); $("evidence").scrollTop = $("evidence").scrollHeight; const first = $("judge"); if (first) first.focus(); }
const judgedOf = claim => judgements.filter(j => j.ids.includes(claim.id) || claim.origins.some(o => j.ids.includes(o.id)));
function judgedWords(claim) {
  if (!judgements.length) return null;
  const mark = judgements.find(j => j.ids[0] === claim.id && (j.kind === "verified" || j.kind === "refuted"));
  return mark ? el("span", { class: "mine" }, " · " + (mark.kind === "verified" ? "✓ you: verified" : "✗ you: refuted")) : null;
}
function drawTally() {
  const n = ours().length;
  $("tally").hidden = !n;
  $("tally").textContent = plural(n, "judgement") + (keeps ? "" : " (this browser does not keep them: export them)");
}
function judgePanel(claim) {
  const mine = judgedOf(claim), others = [...rivalsOf(claim), ...claims.filter(c => c !== claim && c.topic === claim.topic && !rivalsOf(claim).includes(c))].slice(0, 200);
  const other = el("select", { id: "other" }, ...others.map(c => el("option", { value: c.id }, c.wording.slice(0, 90)))), option = o => el("option", { value: o.id }, o.label.slice(0, 90));
  const one = el("select", { id: "one" }, ...claim.origins.map(option)), two = el("select", { id: "two" }, ...claim.origins.map(option));
  if (claim.origins.length > 1) two.selectedIndex = 1;
  const who = el("input", { id: "who", autocomplete: "off", maxlength: "200" });
  who.value = store.get("tracker.who") || "";
  who.addEventListener("change", () => store.set("tracker.who", who.value.trim()));
  const has = kind => mine.some(j => j.kind === kind && j.ids[0] === claim.id);
  return [el("section", { class: "judge", id: "judge", tabindex: "-1", "aria-label": "Your judgement" }, el("h3", {}, "Your judgement"), el("p", { class: "dim" }, "Kept in this browser and changed nowhere else. Export them as judgements.jsonl under “Take along”."),
    el("p", {}, button("✓ Verified", () => judge("verified", [claim.id]), { "aria-pressed": String(has("verified")) }), " ", button("✗ Refuted", () => judge("refuted", [claim.id]), { "aria-pressed": String(has("refuted")) })),
    el("div", { class: "fields" }, el("label", {}, "Why ", el("input", { id: "why", autocomplete: "off", maxlength: "2000" })), el("label", {}, "Who ", who)),
    others.length ? el("p", {}, el("label", {}, "This and ", other), " ", button("are the same", () => judge("same", [claim.id, other.value])), " ", button("are different", () => judge("different", [claim.id, other.value]))) : null,
    claim.origins.length > 1 ? el("p", {}, el("label", {}, "Origins ", one), " ", el("label", {}, "and ", two), " ", button("are one voice", () => { if (one.value !== two.value) judge("same-voice", [one.value, two.value]); })) : null,
    mine.length ? el("ul", { class: "why" }, ...mine.map(j => el("li", {}, KINDS[j.kind] + " ", name(labelOf(j, claim)), j.why ? el("span", {}, ": ", name(j.why)) : null, el("span", { class: "dim" }, " " + [j.who, j.when.slice(0, 10)].filter(Boolean).join(", ")), " ", button("withdraw", () => withdraw(j), { class: "copy" })))) : null)];
}
function labelOf(j, claim) {
  if (j.kind === "same-voice") return j.ids.map(id => (claim.origins.find(o => o.id === id) || { label: id }).label).join(" = ");
  return j.ids.filter(id => id !== claim.id).map(id => (byId.get(id) || { wording: id }).wording).join(", ");
}
