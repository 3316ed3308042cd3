// What the page knows, and which of it is visible. Nothing here touches the document.
const read = id => JSON.parse(document.getElementById(id).textContent);
const DATA = read("d-case"), NODES = read("d-nodes"), EDGES = read("d-edges"), OPTIONS = read("d-options");
const nodes = new Map(NODES.map(n => [n.id, n]));
const claims = DATA.claims, byId = new Map(claims.map(c => [c.id, c]));
const nodeOf = claim => "claim:" + claim.id;

// Lines of each claim and each node's claims, read from the edges that the graph has.
const ins = new Map(), outs = new Map(), maybes = [], touches = new Map();
const push = (map, key, value) => { if (!map.has(key)) map.set(key, []); map.get(key).push(value); };
for (const e of EDGES) {
  if (e.kind === "may-be") { maybes.push(e); continue; }
  if (e.kind === "rests-on") { push(outs, e.from, e); push(touches, e.to, e.from); } else { push(ins, e.to, e); push(touches, e.from, e.to); }
}
const linesIn = claim => ins.get(nodeOf(claim)) || [], linesOut = claim => outs.get(nodeOf(claim)) || [];

// The one place that says what a claim's counts are: switching outlets and origins off in the page will recount here.
const countsOf = claim => ({ n: claim.n, lo: claim.lo, hi: claim.hi });
const bandOf = claim => Math.min(3, countsOf(claim).lo);
const bounds = claim => { const { lo, hi } = countsOf(claim); return lo === hi ? String(lo) : lo + "-" + hi; };
const TESTS = { 3: c => bandOf(c) === 3, 2: c => bandOf(c) === 2, 1: c => bandOf(c) === 1, echo: c => c.echo, disputed: c => c.disputed };

const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const haystacks = new Map();
function haystack(claim) {
  if (!haystacks.has(claim.id)) {
    const parts = [claim.wording, claim.full_wording, claim.topic, claim.id];
    for (const e of linesIn(claim)) parts.push(nodes.get(e.from).label);
    for (const e of linesOut(claim)) parts.push(nodes.get(e.to).label);
    for (const o of claim.origins) parts.push(o.label, ...o.speakers);
    for (const m of claim.mentions) parts.push(m.quote, ...m.credits.flatMap(c => [c.who, ...c.via]));
    haystacks.set(claim.id, fold(parts.join("\n")));
  }
  return haystacks.get(claim.id);
}

const state = { view: "columns", tile: "", topic: "", least: 0, query: "", ego: "", page: 0, selected: "", hover: "", sort: "lo", down: false, tab: "claims" };

function near(claim) {
  if (!state.ego) return true;
  const node = nodeOf(claim), own = new Set(linesOut(byId.get(state.ego.slice(6)) || claim).map(e => e.to));
  if (state.ego.startsWith("claim:")) return node === state.ego || linesOut(claim).some(e => own.has(e.to));
  return (touches.get(state.ego) || []).includes(node);
}
function surviving() {
  const asked = fold(state.query).split(/\s+/).filter(Boolean);
  return claims.filter(c => (!state.topic || c.topic === state.topic) && countsOf(c).lo >= state.least && near(c) && asked.every(w => haystack(c).includes(w)));
}
const SORTS = {
  lo: c => [countsOf(c).lo || 9, countsOf(c).hi, c.unverified ? 0 : 1, -c.n], n: c => [c.n], credibility: c => [c.credibility], wording: c => [fold(c.wording)], last: c => [c.last],
};
function compare(a, b) {
  for (let i = 0; i < a.length; i++) { if (a[i] < b[i]) return -1; if (a[i] > b[i]) return 1; }
  return 0;
}
function sorted(list, by = state.sort, down = state.down) {
  const key = SORTS[by], keyed = list.map(c => [key(c), c]);
  keyed.sort((x, y) => (down ? -1 : 1) * compare(x[0], y[0]) || compare([x[1].id], [y[1].id]));
  return keyed.map(k => k[1]);
}
function visible() { const test = TESTS[state.tile]; const all = surviving(); return test ? all.filter(test) : all; }
const topics = [...new Set(claims.map(c => c.topic))].sort();
