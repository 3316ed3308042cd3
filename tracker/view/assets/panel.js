// The table and the evidence: elements and text nodes only.
const $ = id => document.getElementById(id);
function el(tag, given = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === "on") node.addEventListener("click", value); else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...inside.filter(x => x !== null && x !== undefined && x !== "" && x !== false));
  return node;
}
const name = text => el("bdi", {}, text);
const plural = (n, noun) => n + " " + noun + (String(n) === "1" ? "" : "s");
const wordsOf = claim => el("div", { class: "says" }, ...claim.says.flatMap(([kind, words], i) => [i ? " · " : "", el("span", { class: kind }, name(words))]));

const HEADS = [["lo", "◆", "independent origins"], ["n", "■", "outlets"], ["credibility", "Cred.", "credibility: 1 confirmed, 6 cannot be judged"], ["wording", "Claim", ""], ["last", "Latest", ""]];
const ROWS = 200; // more rows than anyone reads make the table slow to build
let shownRows = ROWS;
function drawTable(list) {
  const marks = HEADS.map(([key, label, title]) => el("th", { scope: "col", "aria-sort": state.sort === key ? (state.down ? "descending" : "ascending") : "none" },
    el("button", { type: "button", title, on: () => sortBy(key) }, label + (state.sort === key ? (state.down ? " ▼" : " ▲") : ""))));
  document.querySelector("#claims thead").replaceChildren(el("tr", {}, ...marks));
  document.querySelector("#claims tbody").replaceChildren(...list.slice(0, shownRows).map(drawRow));
  $("more").hidden = list.length <= shownRows;
  $("more").textContent = "Show all " + list.length + " claims";
  $("tab-claims").textContent = (list.length === claims.length ? "All claims (" : "Claims (") + list.length + ")";
}
function drawRow(claim) {
  const open = el("button", { type: "button", class: "open" }, name(claim.wording));
  return el("tr", { class: "b" + bandOf(claim), "data-id": claim.id, "aria-selected": String(state.selected === nodeOf(claim)), on: () => select(nodeOf(claim)) },
    el("td", {}, bounds(claim)), el("td", {}, String(claim.n)), el("td", {}, claim.credibility ? String(claim.credibility) : "–"), el("td", {}, open, wordsOf(claim)), el("td", { class: "day" }, name(claim.last.slice(0, 10) || "undated")));
}
function sortBy(key) { state.down = state.sort === key ? !state.down : false; state.sort = key; refresh(); }

function drawEvidence(into = $("evidence")) {
  const node = nodes.get(state.selected), claim = node && node.kind === "claim" ? byId.get(state.selected.slice(6)) : null;
  if (claim) into.replaceChildren(...claimSheet(claim));
  else if (node) into.replaceChildren(...nodeSheet(node));
  else into.replaceChildren(el("p", { class: "dim" }, "Choose a claim, an outlet or an origin to see the printed words behind it."));
  into.scrollTop = 0;
}
function claimSheet(claim) {
  const against = claim.mentions.filter(m => m.stance === "denies"), doubt = claim.mentions.filter(m => m.stance === "unverified");
  const known = new Set(claim.origins.map(o => o.id)), loose = claim.mentions.filter(m => m.stance !== "denies" && m.stance !== "unverified" && !m.origins.some(o => known.has(o)));
  const rivals = claims.filter(c => claim.question && c.question === claim.question && c.id !== claim.id);
  const carriers = linesIn(claim).filter(e => e.kind !== "denies").map(e => nodes.get(e.from).label), names = [...new Set(carriers)];
  return [
    el("div", { class: "dim" }, name([claim.topic, claim.id].filter(Boolean).join(" · "))),
    el("h2", {}, name(claim.full_wording || claim.wording)),
    el("div", { class: "sum b" + bandOf(claim) }, el("b", {}, ...claim.says.slice(0, 1).map(([, words]) => words), ...claim.says.slice(1).map(([kind, words]) => el("span", { class: kind }, " · ", name(words)))),
      name(names.join(", ") || "nobody"), " → ", name(claim.origins.map(o => o.label).join("; ") || "no origin")),
    el("div", {}, claim.status_words, ". ", claim.unverified ? el("span", { class: "warn" }, "An outlet says that it could not verify this. ") : null, claim.unnamed_only ? "Nobody named stands behind it, so nobody outside the newsroom can check it." : null),
    claim.cut.length ? el("div", {}, "It hangs on: ", el("b", {}, name(claim.cut.join(", "))), ".", claim.cut_low.length && claim.cut_low.join() !== claim.cut.join() ? el("span", { class: "dim" }, " At the fewest: ", name(claim.cut_low.join(", ")), ".") : null) : null,
    el("div", { class: "dim" }, claim.credibility ? "Credibility " + claim.credibility + " of 1-6 (6: cannot be judged). " : "", "Belief " + percent(claim.belief[0]) + (claim.belief[1] < claim.belief[2] ? " (" + percent(claim.belief[1]) + " to " + percent(claim.belief[2]) + ")." : ".")),
    ...whyList("Why counted so", claim.why.filter(w => w.measure !== "belief")), ...whyList("What moves the belief", claim.why.filter(w => w.measure === "belief")),
    el("h3", {}, "Rests on (" + bounds(claim) + ")"),
    ...claim.origins.map(o => originCard(claim, o)), ...mentionCard("Supports, behind no counted origin", loose),
    ...mentionCard("Says that it is not verified (" + doubt.length + ")", doubt), ...mentionCard("Denied (" + against.length + ")", against, "no"),
    ...(rivals.length ? [el("h3", {}, "Rival claims: they cannot all be so"), el("ul", { class: "why" }, ...rivals.map(c => el("li", {}, jump(nodeOf(c), c.wording), " ", wordsOf(c))))] : []),
    ...whenList(claim),
  ].filter(Boolean);
}
const percent = x => Math.round(100 * x) + " %";
function whyList(title, list) {
  return list.length ? [el("h3", {}, title), el("ul", { class: "why" }, ...list.map(w => el("li", {}, name(w.detail || w.part), w.measure === "belief" && w.effect ? el("span", { class: "dim" }, " (" + (w.effect > 0 ? "+" : "") + w.effect.toFixed(2) + ")") : null)))] : [];
}
function originCard(claim, origin) {
  const may = claim.origins.find(o => o.id === origin.may), others = origin.speakers.length > 1 ? origin.speakers : [];
  return el("div", { class: "card" }, el("div", { class: "top" }, el("b", {}, origin.unnamed ? "◇ " : "◆ ", jump(origin.voice, origin.label)), el("div", { class: "dim" },
    [origin.unnamed ? "unnamed" : origin.kind === "own" ? "own reporting" : origin.kind, origin.basis, origin.reliability && "reliability " + origin.reliability].filter(Boolean).join(" · "),
    others.length ? el("span", {}, ". Counts once: ", name(others.join(", "))) : null, may ? el("span", {}, ". May be the same as ", name(may.label)) : null)),
    ...claim.mentions.filter(m => m.stance !== "denies" && m.origins.includes(origin.id)).map(quote));
}
const mentionCard = (title, list, kind = "") => list.length ? [el("h3", {}, title), el("div", { class: "card " + kind }, ...list.map(quote))] : [];
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
function quote(m) {
  const a = DATA.articles[m.article], href = safeUrl(a.url), stance = { supports: "", denies: "denies it", unverified: "not verified" }[m.stance] ?? m.stance;
  const told = [a.date || "undated", creditWords(m), stance, m.hedge && "“" + m.hedge + "”"].filter(Boolean);
  return el("div", { class: "quote", "data-mention": m.id }, el("blockquote", { dir: "auto" }, m.before, el("mark", {}, m.quote), m.after),
    el("div", { class: "where" }, el("b", {}, name(a.name)), ...told.flatMap(t => [" · ", name(t)])),
    el("div", { class: "where" }, href ? el("a", { href, rel: "noopener noreferrer nofollow", target: "_blank" }, "open article ↗") : null, " ", name(whereWords(m, a)), el("button", { type: "button", class: "copy", on: event => copy(event.target, citation(m, a)) }, "copy")));
}
const citation = (m, a) => "“" + m.quote + "” — " + [a.name, a.title, a.date || "undated", safeUrl(a.url), whereWords(m, a)].filter(Boolean).join(", ") + " [" + m.id + "]";
async function copy(button, text) {
  try { await navigator.clipboard.writeText(text); } catch {
    const area = el("textarea", { "aria-hidden": "true" });
    area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
  }
  button.textContent = "copied";
  setTimeout(() => { button.textContent = "copy"; }, 1500);
}
function whenList(claim) {
  const list = claim.mentions.map(m => ({ m, a: DATA.articles[m.article] })).sort((x, y) => compare([x.a.date || "~", x.m.id], [y.a.date || "~", y.m.id])), seen = new Set();
  const line = ({ m, a }) => {
    const fresh = m.stance === "supports" && a.date ? m.origins.filter(o => !seen.has(o)) : [];
    fresh.forEach(o => seen.add(o));
    const mark = fresh.length ? (seen.size === fresh.length ? "first origin" : "another origin") : "";
    return el("li", {}, a.date ? el("time", {}, name(a.date.slice(0, 10))) : el("span", { class: "undated" }, "undated"), name(a.name), el("span", { class: m.stance === "denies" ? "dispute" : "dim" }, { denies: " · denies it", unverified: " · not verified" }[m.stance] || (mark ? " · " + mark : "")));
  };
  return list.length ? [el("h3", {}, "When"), el("ol", { class: "when" }, ...list.map(line))] : [];
}
const jump = (id, label) => el("button", { type: "button", class: "link", on: () => select(id) }, name(label));
function nodeSheet(node) {
  const list = sorted([...new Set(touches.get(node.id) || [])].map(id => byId.get(id.slice(6))).filter(Boolean)), once = node.once || [];
  return [el("div", { class: "dim" }, node.kind === "outlet" ? "Outlet" : node.unnamed ? "Unnamed origin" : "Independent origin"), el("h2", {}, name(node.label)),
    once.length ? el("p", {}, "Counts once: ", name(once.join(", ")), ".") : null,
    el("h3", {}, (node.kind === "outlet" ? "Carries or disputes " : "Stands behind ") + plural(list.length, "claim")),
    el("ul", { class: "why" }, ...list.map(c => el("li", {}, jump(nodeOf(c), c.wording), wordsOf(c)))),
    el("p", {}, el("button", { type: "button", on: () => { state.ego = node.id; refresh(); } }, "Show only these"))].filter(Boolean);
}
