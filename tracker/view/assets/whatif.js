// "What if this one is wrong?": outlets, origins and controllers switched off, and what that does to the claims.
const LISTED = 60;
let whatFilter = "";
function toggleOff(id) { if (state.off.has(id)) state.off.delete(id); else state.off.add(id); counted(); }
// After any change of what is off or of the day: counts, screen and address.
function counted() { changed(); refresh(); writeHash(); }
function allOnAgain() { state.off.clear(); state.distrust = ""; counted(); }
const controllerName = id => (OUTLETS.has("outlet:" + id) ? OUTLETS.get("outlet:" + id).label : id.slice(0, 1).toUpperCase() + id.slice(1).replace(/-/g, " "));
const offName = id => (id.startsWith("controller:") ? controllerName(id.slice(11)) : nodes.has(id) ? nodes.get(id).label : OUTLETS.has(id) ? OUTLETS.get(id).label : id);

// What can be switched off, those with most claims first; worked out once.
let choices = null;
function switchable() {
  if (choices) return choices;
  const counts = { outlet: new Map(), voice: new Map(), controller: new Map() }, add = (map, id) => map.set(id, (map.get(id) || 0) + 1);
  for (const c of claims) {
    for (const id of new Set(asRead(c).in.map(e => e.from))) add(counts.outlet, id);
    for (const o of c.origins) add(counts.voice, o.voice);
    const behind = c.parties.map(p => p.controller).concat(c.mentions.map(m => (OUTLETS.get(articles[m.article].outlet) || { controller: "" }).controller));
    for (const id of new Set(behind)) if (id) add(counts.controller, "controller:" + id);
  }
  const listed = map => [...map].map(([id, n]) => ({ id, n, label: offName(id) })).sort((a, b) => b.n - a.n || compare([fold(a.label), a.id], [fold(b.label), b.id]));
  choices = { outlet: listed(counts.outlet), voice: listed(counts.voice), controller: listed(counts.controller) };
  return choices;
}
const letterOf = id => (OUTLETS.get(id) || { letter: "" }).letter;
function drawWhatIf() {
  const into = $("whatif"), focus = document.activeElement && into.contains(document.activeElement) ? document.activeElement.dataset.id : "";
  const letters = [...new Set([...OUTLETS.values()].map(o => o.letter).filter(l => "BCDE".includes(l) && l))].sort();
  const distrust = el("select", { id: "distrust", "data-id": "distrust" }, el("option", { value: "" }, "nobody by rating"), ...letters.reverse().map(l => el("option", { value: l }, l === "E" ? "rated E" : "rated " + l + " or worse")));
  distrust.value = state.distrust;
  distrust.addEventListener("change", () => { state.distrust = distrust.value; counted(); });
  const filter = el("input", { type: "search", "data-id": "filter", placeholder: "name", autocomplete: "off" });
  filter.value = whatFilter;
  filter.addEventListener("input", () => { whatFilter = filter.value; drawLists(); });
  const lists = el("div", { id: "offlists" });
  into.replaceChildren(el("p", { class: "dim" }, "Untick an outlet, an origin or who stands behind several: nothing that goes through it counts any more, and claims are counted again."),
    ...outcome(),
    letters.length ? el("label", {}, "Distrust ", distrust, el("span", { class: "dim" }, " F means cannot be judged and is left alone.")) : el("p", { class: "dim" }, "No outlet in this case has a reliability letter."),
    el("label", {}, "Find ", filter), lists);
  drawLists();
  const again = focus && into.querySelector('[data-id="' + CSS.escape(focus) + '"]');
  if (again) again.focus();
}
function drawLists() {
  const asked = fold(whatFilter), groups = [["controller", "Controllers: who stands behind several"], ["outlet", "Outlets"], ["voice", "Origins"]];
  $("offlists").replaceChildren(...groups.flatMap(([kind, title]) => {
    const all = switchable()[kind].filter(x => !asked || fold(x.label).includes(asked));
    const shown = [...all.filter(x => state.off.has(x.id)), ...all.filter(x => !state.off.has(x.id))].slice(0, LISTED);
    return shown.length ? [el("fieldset", {}, el("legend", {}, title + " (" + all.length + ")"), ...shown.map(offBox), all.length > shown.length ? el("p", { class: "dim" }, "and " + (all.length - shown.length) + " more: type a part of the name") : null)] : [];
  }));
}
function offBox({ id, n, label }) {
  const poorly = id.startsWith("outlet:") && poor(letterOf(id)), box = el("input", { type: "checkbox", "data-id": id, disabled: poorly ? "" : null }), letter = letterOf(id), node = nodes.get(id);
  box.checked = !state.off.has(id) && !poorly;
  box.addEventListener("change", () => toggleOff(id));
  return el("label", { class: "off" + (box.checked ? "" : " is-off") }, box, " ", name(label || "(no name)"), el("span", { class: "dim" }, " " + plural(n, "claim") + (letter ? " · " + letter : "") + (node && node.unnamed ? " · unnamed" + (node.by ? ", in " + node.by : "") : "")));
}
function outcome() {
  const { lost, moved } = fallen(), off = offWords();
  if (!off) return [el("p", { class: "result" }, "Everything is on.")];
  const item = c => el("li", {}, jump(nodeOf(c), c.wording), " ", el("span", { class: "dim arrow" }, between(c.lo, c.hi) + " → " + bounds(c)));
  return [el("div", { class: "result", role: "status" }, el("p", {}, el("b", {}, off + ". "), el("b", { class: "warn" }, lost.length === 1 ? "1 claim loses its only support" : lost.length + " claims lose their only support"), ", " + movedWords(moved) + "."),
    el("p", {}, button("Switch everything on", allOnAgain), " ", button("Copy a link to this", event => copy(event.target, location.href.split("#")[0] + hashOf())))),
    ...(lost.length ? [el("h2", {}, lost.length === 1 ? "This claim loses its only support" : "These " + lost.length + " claims lose their only support"), el("ul", { class: "why" }, ...lost.slice(0, LISTED).map(item)), more(lost)] : []),
    ...(moved.length ? [el("h2", {}, "Other claims that change band"), el("ul", { class: "why" }, ...moved.slice(0, LISTED).map(item)), more(moved)] : [])];
}
const movedWords = moved => (moved.length ? moved.length + (moved.length === 1 ? " more changes" : " more change") + " band" : "no other changes band");
const more = list => (list.length > LISTED ? el("p", { class: "dim" }, "and " + (list.length - LISTED) + " more") : "");
function offWords() {
  const kinds = { outlet: 0, voice: 0, controller: 0 };
  for (const id of state.off) kinds[id.split(":")[0]]++;
  return [kinds.outlet && plural(kinds.outlet, "outlet") + " off", kinds.voice && plural(kinds.voice, "origin") + " off", kinds.controller && plural(kinds.controller, "controller") + " off",
    state.distrust && "distrusting " + (state.distrust === "E" ? "E" : state.distrust + " or worse")].filter(Boolean).join(", ");
}
function drawBanner() {
  const off = offWords();
  $("banner").hidden = !off;
  if (!off) return;
  const { lost, moved } = fallen(), names = [...state.off].slice(0, 3).map(offName).join(", ") + (state.off.size > 3 ? ", ..." : "");
  $("banner").replaceChildren(el("span", {}, el("b", {}, "What if: "), off, names ? " (" : "", names ? name(names) : "", names ? ")" : "", " — ", el("b", { class: "warn" }, lost.length === 1 ? "1 claim loses its only support" : lost.length + " claims lose their only support"), ", " + movedWords(moved) + ". "), button("Show", () => show("whatif")), button("All on", allOnAgain));
}

// -- the address: #c:CLAIM&off=outlet:post,voice:v-1&distrust=E&asof=2024-10-14 ----------------------------------------------------
const escaped = id => id.split(":").map(encodeURIComponent).join(":");
function hashOf() {
  const parts = [state.selected ? escaped(state.selected.replace(/^claim:/, "c:")) : ""];
  if (state.off.size) parts.push("off=" + [...state.off].sort().map(escaped).join(","));
  if (state.distrust) parts.push("distrust=" + state.distrust);
  if (state.asof) parts.push("asof=" + state.asof);
  return "#" + parts.join("&");
}
// Writing the address fails in a frame without one of its own (srcdoc); the page works without.
function writeHash(into = "replaceState") {
  const hash = hashOf();
  if (location.hash === hash || (hash === "#" && !location.hash)) return;
  try { history[FRAMED ? "replaceState" : into](null, "", hash); } catch { /* no address to write */ }
}
const FRAMED = window.self !== window.top;
function readHash() {
  const [first, ...rest] = location.hash.slice(1).split("&"), given = new Map(rest.map(p => [p.slice(0, p.indexOf("=")), p.slice(p.indexOf("=") + 1)]));
  const plain = text => { try { return text.split(":").map(decodeURIComponent).join(":"); } catch { return ""; } };
  const off = (given.get("off") || "").split(",").filter(Boolean).map(plain).filter(id => nodes.has(id) || OUTLETS.has(id) || id.startsWith("controller:"));
  const distrust = LETTERS.includes(given.get("distrust") || "-") ? given.get("distrust") : "", asof = days.includes(given.get("asof")) ? given.get("asof") : "";
  return { id: plain(first).replace(/^c:/, "claim:"), off: new Set(off), distrust, asof };
}
