// The page's data, unpacked and indexed. Nothing here decides what is visible, and nothing touches what is shown.
const $ = id => document.getElementById(id);
const push = (map, key, value) => { const list = map.get(key); if (list) list.push(value); else map.set(key, [value]); };
// What a table of words says of a key that comes from the data: never what every object has, such as "constructor".
const told = (table, key, otherwise) => (Object.hasOwn(table, key) ? table[key] : otherwise);
function compare(a, b) {
  for (let i = 0; i < a.length; i++) { if (a[i] < b[i]) return -1; if (a[i] > b[i]) return 1; }
  return 0;
}

// A block is base64 of zlib of JSON. Old browsers lack DecompressionStream; app.js says so.
async function unpack(id) {
  const raw = atob($(id).textContent), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// What is left out of the blocks when empty comes back here.
const FLAGS = ["disputed", "unverified", "echo", "unnamed_only", "single_outlet", "circular"];
const ORIGIN = { unnamed: false, reliability: "", basis: "", may: 0 };
const PARTY = { controller: "", outlet: "", by: "", fed: [], near: [], origin: 0 };
function whole(c) {
  const claim = { question: "", topic: "", n: 0, lo: 0, hi: 0, first: "", last: "", credibility: 0, cut: [], wording: "", judged: "", ...c };
  const on = new Set(c.flags || []);
  for (const flag of FLAGS) claim[flag] = on.has(flag);
  claim.full = c.full || claim.wording; claim.cut_low = c.cut_low || claim.cut;
  claim.origins = (c.origins || []).map(o => ({ ...ORIGIN, label: "", speakers: o.speakers || [o.label || ""], ...o }));
  claim.parties = (c.parties || []).map(p => {
    const home = p.origin ? claim.origins[p.origin - 1] : {};
    return { ...PARTY, voice: home.voice, label: home.label ?? "", kind: home.kind ?? "", ...p, entry: !p.inner };
  });
  const home = ends => [...new Set(ends.map(n => claim.parties[n].origin - 1))].filter(o => o >= 0);
  claim.mentions = (c.mentions || []).map(([article, stance, ends, cap = 0, denier = "", rests = home(ends)], place) => ({ article, stance, ends, cap, denier, origins: rests, place }));
  for (const o of claim.origins) { o.parties = []; o.maybe = o.may ? claim.origins[o.may - 1] : null; }
  claim.parties.forEach((p, i) => { if (p.origin) claim.origins[p.origin - 1].parties.push(i); });
  claim.close = (c.near || []).map(([at, place]) => ({ at, place }));
  claim.words = null;
  return claim;
}

let claims = [], articles = [], OUTLETS = new Map();
const nodes = new Map(), byId = new Map(), place_of = new Map();
const ins = new Map(), outs = new Map(), touches = new Map();
let maybes = [], topics = [];
const nodeOf = claim => "claim:" + claim.id;
async function load() {
  const core = await unpack("d-core");
  claims = core.claims.map(whole);
  const order = core.nodes.map(n => n.id).concat(claims.map(nodeOf));
  for (const n of core.nodes) nodes.set(n.id, { once: [], by: "", unnamed: false, own: false, state: false, label: "", ...n });
  claims.forEach((c, i) => { byId.set(c.id, c); place_of.set(c.id, i); nodes.set(nodeOf(c), { id: nodeOf(c), kind: "claim", label: c.wording }); });
  articles = core.articles.map(([at, date, mends = 0]) => ({ outlet: at < 0 ? "" : order[at], date, mends, title: "", url: "", file: "", offset: -1 }));
  for (const a of articles) a.name = nodes.has(a.outlet) ? nodes.get(a.outlet).label : "unknown outlet";
  OUTLETS = new Map(Object.entries(core.outlets).map(([id, [label, letter, controller]]) => [id, { label, letter, controller }]));
  for (const [a, b, kind] of core.edges) {
    const edge = { from: order[a], to: order[b], kind };
    if (kind === "may-be") { maybes.push(edge); continue; }
    if (kind === "rests-on") { push(outs, edge.from, edge); push(touches, edge.to, edge.from); } else { push(ins, edge.to, edge); push(touches, edge.from, edge.to); }
  }
  topics = [...new Set(claims.map(c => c.topic))].sort();
}

// The printed words of a claim: its block is unpacked when somebody asks, and never twice.
const WORDS = 250, blocks = new Map();
let unpackedAll = false;
const fetched = { articles: null };
function articleWords() {
  fetched.articles ||= unpack("d-articles").then(list => list.forEach(([title, url, file, offset], i) => Object.assign(articles[i], { title, url, file, offset })));
  return fetched.articles;
}
function wordBlock(n) {
  if (!blocks.has(n)) {
    blocks.set(n, Promise.all([unpack("d-words-" + n), articleWords()]).then(([list]) => {
      list.forEach((words, i) => spell(claims[n * WORDS + i], words));
    }));
  }
  return blocks.get(n);
}
function spell(claim, [why, mentions]) {
  claim.why = why.map(([measure, part, detail, effect]) => ({ measure, part, detail, effect }));
  mentions.forEach(([id, before, quote, after, start, length, hedge, event, credits], i) => Object.assign(claim.mentions[i], {
    id, before, quote, after, start, end: start + length, hedge, event, credits: credits.map(([who, ...via]) => ({ who, via })) }));
  claim.words = true;
}
const wordsReady = claim => (claim.words ? Promise.resolve() : wordBlock(Math.floor(place_of.get(claim.id) / WORDS)));
const idle = () => new Promise(done => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 300 }) : setTimeout(done, 30)));
async function allWords() {
  for (let n = 0; n * WORDS < claims.length; n++) { if (!blocks.has(n)) await idle(); await wordBlock(n); }
  unpackedAll = true;
}
