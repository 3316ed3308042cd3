// One claim, outlet or origin with all that it rests on, down to the printed words.
function drawEvidence() {
  const into = $("evidence"), node = nodes.get(state.selected), claim = node && node.kind === "claim" ? byId.get(state.selected.slice(6)) : null;
  if (claim) {
    into.replaceChildren(...claimSheet(claim));
    if (!claim.words) wordsReady(claim).then(() => { if (state.selected === nodeOf(claim)) into.replaceChildren(...claimSheet(claim)); });
  } else if (node) into.replaceChildren(...nodeSheet(node));
  else into.replaceChildren(el("p", { class: "dim" }, "Choose a claim, an outlet or an origin to see the printed words behind it."));
  into.scrollTop = 0;
}
const questions = new Map();
function rivalsOf(claim) {
  if (!questions.size) for (const c of claims) if (c.question) push(questions, c.question, c);
  return (questions.get(claim.question) || []).filter(c => c !== claim);
}
function claimSheet(claim) {
  const l = live(claim), against = l.alive.filter(m => m.stance === "denies"), doubt = l.alive.filter(m => m.stance === "unverified");
  const held = new Set(l.origins.flatMap(o => restsOn(claim, o))), loose = l.alive.filter(m => m.stance !== "denies" && m.stance !== "unverified" && !held.has(m));
  return [
    el("div", { class: "dim" }, name([claim.topic, claim.id].filter(Boolean).join(" · "))),
    el("h2", { dir: "auto" }, claim.full),
    ...summary(claim, l),
    ...(claim.words ? [...whyList("Why counted so", claim, "independence"), ...whyList("What moves the belief", claim, "belief")] : [el("p", { class: "dim" }, "Unpacking the printed words …")]),
    ...readings(claim, l),
    el("h3", {}, "Rests on (" + bounds(claim) + ")"),
    ...(l.origins.length ? l.origins.map(o => originCard(claim, l, o)) : [el("p", { class: "dim" }, l.same ? "Nothing that supports it was found." : "Nothing that is left supports it.")]),
    ...mentionCard("Supports, behind no counted origin", claim, loose),
    ...mentionCard("Says that it is not verified (" + doubt.length + ")", claim, doubt), ...mentionCard("Denied (" + against.length + ")", claim, against, "no"),
    ...rivalTable(claim), ...whenList(claim, l), ...judgePanel(claim),
  ].filter(Boolean);
}
function summary(claim, l) {
  const carriers = [...new Set(l.in.filter(e => e.kind !== "denies").map(e => nodes.get(e.from).label))], line = says(claim);
  const belief = percent(claim.belief[0]) + (claim.belief[1] < claim.belief[2] ? " (" + percent(claim.belief[1]) + " to " + percent(claim.belief[2]) + ")" : "");
  return [
    l.same ? null : el("p", { class: "changed" }, "Counted again with what is switched off. With everything on: " + plural(claim.n, "outlet") + ", " + plural(between(claim.lo, claim.hi), "origin") + "."),
    el("div", { class: "sum b" + bandOf(claim) }, el("b", {}, line[0][1], ...line.slice(1).map(([kind, words]) => el("span", { class: kind }, " · ", name(words)))),
      el("div", { class: "flow" }, ...flow(carriers, "■", "nobody"), el("span", { class: "to", "aria-label": "rest on" }, "→"), ...flow(l.origins.map(o => o.label), "◆", "no origin"))),
    el("div", {}, statusWords(claim), ". ", l.unverified ? el("span", { class: "warn" }, "An outlet says that it could not verify this. ") : null, l.unnamed_only ? "Nobody named stands behind it, so nobody outside the newsroom can check it." : null),
    l.cut.length ? el("div", {}, "It hangs on: ", el("b", {}, name(l.cut.join(", "))), ".", l.cut_low.join() !== l.cut.join() ? el("span", { class: "dim" }, " At the fewest: ", name(l.cut_low.join(", ")), ".") : null) : null,
    el("div", { class: "dim" }, l.same ? (claim.credibility ? "Credibility " + claim.credibility + " of 1-6 (6: cannot be judged). " : "") + "Belief " + belief + "." : "Credibility and belief are not counted again in the page."),
  ];
}
const NAMED = 6;
function flow(labels, mark, none) {
  if (!labels.length) return [el("span", {}, none)];
  return [el("span", { class: mark === "◆" ? "o" : "s" }, mark.repeat(Math.min(labels.length, 8)) + " "), name(labels.slice(0, NAMED).join(", ") + (labels.length > NAMED ? " and " + (labels.length - NAMED) + " more" : ""))];
}
const percent = x => Math.round(100 * x) + " %";
function whyList(title, claim, measure) {
  const list = claim.why.filter(w => (measure === "belief") === (w.measure === "belief"));
  return list.length ? [el("h3", {}, title + (live(claim).same ? "" : " (with everything on)")), el("ul", { class: "why" }, ...list.map(w => el("li", {}, name(w.detail || w.part), w.measure === "belief" && w.effect ? el("span", { class: "dim" }, " (" + (w.effect > 0 ? "+" : "") + w.effect.toFixed(2) + ")") : null)))] : [];
}
// Where the text does not settle the count: both ways to read it, side by side.
function readings(claim, l) {
  if (l.lo === l.hi) return [];
  const groups = new Map();
  for (const o of l.origins) push(groups, o.maybe || o, o);
  return [el("h3", {}, "Two readings are possible"), el("div", { class: "two" },
    el("div", {}, el("b", {}, "At the most " + l.hi), el("ul", { class: "why" }, ...l.origins.map(o => el("li", {}, name(o.label))))),
    el("div", {}, el("b", {}, "At the fewest " + l.lo), el("ul", { class: "why" }, ...[...groups.values()].map(g => el("li", {}, name(g.map(o => o.label).join(" = ")), g.length > 1 ? el("span", { class: "dim" }, " may be one") : null)))))];
}
const BASIS = { told: "was told", witnessed: "witnessed it", documented: "a document", "official-act": "an official act", inferred: "inferred" };
function originCard(claim, l, origin) {
  const others = origin.speakers.length > 1 ? origin.speakers : [];
  return el("div", { class: "card" }, el("div", { class: "top" }, el("b", {}, origin.unnamed ? "◇ " : "◆ ", jump(origin.voice, origin.label)), el("div", { class: "dim" },
    [origin.unnamed ? "unnamed" : origin.kind === "own" ? "own reporting" : origin.kind, told(BASIS, origin.basis, origin.basis), origin.reliability && "reliability " + origin.reliability].filter(Boolean).join(" · "),
    others.length ? el("span", {}, ". Counts once: ", name(others.join(", "))) : null, origin.maybe ? el("span", { class: "perhaps" }, ". May be the same as ", name(origin.maybe.label)) : null)),
    ...restsOn(claim, origin).map(m => quote(claim, m)));
}
const mentionCard = (title, claim, list, kind = "") => list.length ? [el("h3", {}, title), el("div", { class: "card " + kind }, ...list.map(m => quote(claim, m)))] : [];
function creditWords(m) {
  if (!m.credits.length) return "own reporting";
  return "credits " + m.credits.map(c => c.who + (c.via.length ? " by way of " + c.via.join(", ") : "")).join("; ");
}
function whereWords(m, a) {
  const file = a.file || "text";
  return a.offset >= 0 && a.file ? file + " · characters " + (a.offset + m.start) + "-" + (a.offset + m.end) : file + " · characters " + m.start + "-" + m.end + " of the extracted text";
}
function safeUrl(text) {
  try { const url = new URL(text); return url.protocol === "http:" || url.protocol === "https:" ? url.href : ""; } catch { return ""; }
}
function quote(claim, m) {
  const a = articles[m.article];
  if (!claim.words) return el("div", { class: "quote" }, el("div", { class: "where" }, el("b", {}, name(a.name)), " · ", name(a.date || "undated")));
  const href = safeUrl(a.url), stance = told({ supports: "", denies: "denies it", unverified: "not verified" }, m.stance, m.stance);
  const facts = [a.date || "undated", creditWords(m), stance, m.hedge && "hedged: “" + m.hedge + "”", a.mends && "a corrected version"].filter(Boolean);
  const words = m.quote ? el("blockquote", { dir: "auto" }, m.before, el("mark", {}, m.quote), m.after) : el("p", { class: "dim" }, REDACTED ? "Quote left out of this page; its place is below." : "");
  return el("div", { class: "quote", "data-mention": m.id }, words,
    el("div", { class: "where" }, el("b", {}, name(a.name)), ...facts.flatMap(t => [" · ", name(t)])),
    el("div", { class: "where" }, href ? el("a", { href, rel: "noopener noreferrer nofollow", target: "_blank" }, "open article ↗") : null, " ", name(whereWords(m, a)), button("copy", event => copy(event.target, citation(m, a)), { class: "copy", "aria-label": "Copy the quote as a citation" })));
}
const REDACTED = document.documentElement.dataset.redacted === "yes";
const citation = (m, a) => (m.quote ? "“" + m.quote + "” — " : "") + [a.name, a.title, a.date || "undated", safeUrl(a.url), whereWords(m, a)].filter(Boolean).join(", ") + " [" + m.id + "]";
async function copy(target, text) {
  const label = target.textContent;
  try { await navigator.clipboard.writeText(text); } catch {
    const area = el("textarea", { "aria-hidden": "true" });
    area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
  }
  target.textContent = "copied";
  setTimeout(() => { target.textContent = label; }, 1500);
}
// Rival claims side by side: who says six, who says several.
function rivalTable(claim) {
  const rivals = rivalsOf(claim);
  if (!rivals.length) return [];
  const line = c => el("tr", { class: "b" + bandOf(c) }, el("td", {}, bounds(c)), el("td", {}, c === claim ? el("b", {}, name(c.wording)) : jump(nodeOf(c), c.wording)),
    el("td", {}, name([...new Set(linesIn(c).filter(e => e.kind !== "denies").map(e => nodes.get(e.from).label))].join(", ") || "nobody")), el("td", {}, name(live(c).origins.map(o => o.label).join("; ") || "no origin")));
  return [el("h3", {}, "Rival claims: they cannot all be so"), el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Rival claims" }, el("table", { class: "rivals" }, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "◆"), el("th", { scope: "col" }, "Claim"), el("th", { scope: "col" }, "Outlets"), el("th", { scope: "col" }, "Origins"))),
    el("tbody", {}, ...[claim, ...rivals].map(line))))];
}
function nodeSheet(node) {
  const list = sorted(claimsOf(node.id)), once = node.once || [], off = state.off.has(node.id), alone = list.filter(c => live(c).hi === 1).length, known = OUTLETS.get(node.id);
  return [el("div", { class: "dim" }, node.kind === "outlet" ? "Outlet" + (known && known.letter ? " · reliability " + known.letter : "") + (node.state ? " · state media" : "") : node.unnamed ? "Unnamed origin" + (node.by ? ", in " + node.by : "") : node.own ? "Own reporting" : "Independent origin"), el("h2", {}, name(node.label)),
    once.length ? el("p", {}, "Counts once: ", name(once.join(", ")), ".") : null,
    el("p", {}, button(off ? "Switch on again" : "What if it is wrong? Switch it off", () => toggleOff(node.id)), " ", button("Show only its claims", () => { state.ego = node.id; refresh(); })),
    off ? el("p", { class: "changed" }, "It is switched off: nothing that goes through it counts.") : null,
    el("h3", {}, (node.kind === "outlet" ? "Carries or disputes " : "Stands behind ") + plural(list.length, "claim") + (node.kind !== "outlet" && alone ? ", behind " + alone + " of them alone" : "")),
    el("ul", { class: "why" }, ...list.slice(0, ROWS).map(c => el("li", {}, jump(nodeOf(c), c.wording), wordsOf(c)))), list.length > ROWS ? el("p", { class: "dim" }, "and " + (list.length - ROWS) + " more") : null].filter(Boolean);
}
