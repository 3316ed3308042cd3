// How many independent origins are left: the rule of tracker/trace/independence.py and claims.py in the page, for "what if this one is wrong?".
// A test lets both count random graphs. Parties are numbers inside their claim.

// The fewest parties whose fall leaves no way from outside to any end; of several smallest cuts the one nearest the outside.
function minimumCut(ends, feeds, entry) {
  const direct = new Set(ends.flat());
  if (![...direct].some(n => feeds[n].length)) return [...direct].filter(n => entry[n]).sort((a, b) => a - b);
  const seen = new Map(), waiting = [...direct];
  while (waiting.length) { const n = waiting.pop(); if (!seen.has(n)) { seen.set(n, seen.size); waiting.push(...feeds[n]); } }
  const size = seen.size, source = 2 * size, sink = source + 1, room = Array.from({ length: sink + 1 }, () => new Map());
  const arc = (a, b, units) => { room[a].set(b, units); if (!room[b].has(a)) room[b].set(a, 0); };
  for (const [n, i] of seen) {
    arc(2 * i, 2 * i + 1, 1);
    if (entry[n]) arc(source, 2 * i, size + 1);
    for (const f of feeds[n]) arc(2 * seen.get(f) + 1, 2 * i, size + 1);
  }
  for (const n of direct) arc(2 * seen.get(n) + 1, sink, size + 1);
  const reach = () => {
    const before = new Map([[source, source]]), queue = [source];
    for (let at = 0; at < queue.length; at++) for (const [next, units] of room[queue[at]]) if (units > 0 && !before.has(next)) { before.set(next, queue[at]); queue.push(next); }
    return before;
  };
  for (;;) {
    const before = reach();
    if (!before.has(sink)) return [...seen].filter(([, i]) => before.has(2 * i) && !before.has(2 * i + 1)).map(([n]) => n).sort((a, b) => a - b);
    for (let at = sink; at !== source; at = before.get(at)) {
      const from = before.get(at);
      room[from].set(at, room[from].get(at) - 1); room[at].set(from, room[at].get(from) + 1);
    }
  }
}

// Items 0, 1, ... in the fewest groups of which all members are near one another. near: a Set of the others for each item.
const BUDGET = 100000, SEARCHED = 60;
function fewestGroups(near) {
  const alike = new Map(), first = new Map();
  near.forEach((ties, i) => {
    const key = [...ties, i].sort((a, b) => a - b).join();
    if (!first.has(key)) first.set(key, i);
    push(alike, first.get(key), i);
  });
  const out = [];
  for (const part of components([...alike.keys()].sort((a, b) => a - b), near)) for (const group of cover(part, near)) out.push(group.flatMap(i => alike.get(i)).sort((a, b) => a - b));
  return out.sort((a, b) => a[0] - b[0]);
}
function components(items, near) {
  const left = new Set(items), parts = [];
  while (left.size) {
    const part = new Set(), waiting = [Math.min(...left)];
    while (waiting.length) {
      const at = waiting.pop();
      if (left.delete(at)) { part.add(at); for (const i of left) if (near[at].has(i)) waiting.push(i); }
    }
    parts.push([...part].sort((a, b) => a - b));
  }
  return parts;
}
function cover(items, near) {
  const ties = new Map(items.map(i => [i, items.filter(j => near[i].has(j)).length]));
  const seeds = [], fits = (i, group) => group.every(j => near[i].has(j));
  for (const i of [...items].sort((a, b) => ties.get(a) - ties.get(b) || a - b)) if (!seeds.some(([s]) => near[i].has(s))) seeds.push([i]);
  const apart = new Set(seeds.flat()), rest = items.filter(i => !apart.has(i));
  // The item with the fewest groups to choose from, and these.
  const next = (groups, left) => {
    let best = -1, options = [];
    for (const i of left) {
      const fitting = groups.flatMap((g, at) => (fits(i, g) ? [at] : []));
      if (best < 0 || fitting.length < options.length || (fitting.length === options.length && ties.get(i) < ties.get(best))) { best = i; options = fitting; }
    }
    return [best, options];
  };
  const greedy = () => {
    const groups = seeds.map(g => [...g]);
    let left = rest;
    while (left.length) {
      const [i, options] = next(groups, left);
      left = left.filter(j => j !== i);
      if (options.length) groups[options.reduce((a, b) => (groups[b].length > groups[a].length ? b : a))].push(i); else groups.push([i]);
    }
    return groups;
  };
  let best = greedy(), budget = BUDGET;
  const search = (groups, left) => {
    if (groups.length >= best.length || budget < 0 || best.length === seeds.length) return;
    if (!left.length) { best = groups; return; }
    budget -= left.length;
    const [i, options] = next(groups, left), fewer = left.filter(j => j !== i);
    for (const at of options) search(groups.map((g, n) => (n === at ? [...g, i] : g)), fewer);
    search([...groups, [i]], fewer);
  };
  if (seeds.length < best.length && items.length <= SEARCHED) search(seeds, rest);
  return best;
}

// A text that says how far a fact is confirmed bounds the origins that were there to be known. The last of them takes in the rest.
function capped(origins, limit, day) {
  const early = origins.filter(o => !day || !o.first || o.first.slice(0, 10) <= day);
  if (early.length <= limit) return origins;
  const last = early[limit - 1], spare = early.slice(limit), joined = [last, ...spare], dates = joined.map(o => o.first).filter(Boolean).sort();
  const merged = { keys: joined.flatMap(o => o.keys), mentions: new Set(joined.flatMap(o => [...o.mentions])), first: dates[0] || "" };
  return origins.filter(o => !spare.includes(o)).map(o => (o === last ? merged : o));
}

const RANK = { person: 0, body: 1, document: 2, outlet: 3, unnamed: 4, own: 5 };
// A claim counted again. articleOn(i), partyOn(party): whether it is still there. dateOf(i): an article's date, "" if unknown.
function recount(claim, articleOn, partyOn, dateOf) {
  const on = claim.parties.map(partyOn), entry = claim.parties.map(p => p.entry), feeds = claim.parties.map(p => (p.fed.length ? p.fed.filter(f => on[f]) : p.fed));
  const alive = claim.mentions.filter(m => articleOn(m.article)), ends = new Map();
  for (const m of alive) if (m.stance === "supports") { const left = m.ends.filter(n => on[n]); if (left.length) ends.set(m, left); }
  const keys = new Set(minimumCut([...ends.values()], feeds, entry));
  let origins = [...keys].map(key => ({ keys: [key], mentions: new Set(), first: "" }));
  const of = new Map(origins.map(o => [o.keys[0], o]));
  for (const [m, end] of ends) {
    const seen = new Set(), waiting = [...end], date = dateOf(m.article);
    while (waiting.length) {
      const at = waiting.pop();
      if (seen.has(at)) continue;
      seen.add(at);
      const origin = of.get(at);
      if (!origin) { waiting.push(...feeds[at]); continue; }
      origin.mentions.add(m.place);
      if (date && (!origin.first || date < origin.first)) origin.first = date;
    }
  }
  const rank = o => told(RANK, claim.parties[o.keys[0]].kind, 6);
  origins.sort((a, b) => rank(a) - rank(b) || !a.first - !b.first || compare([a.first, a.keys[0]], [b.first, b.keys[0]]));
  const caps = alive.filter(m => m.cap > 0).map(m => [m.cap, dateOf(m.article).slice(0, 10)]).sort(compare);
  for (const [limit, day] of caps) origins = capped(origins, limit, day);
  const close = claim.parties.map(p => new Set(p.near));
  const near = origins.map((o, i) => new Set(origins.flatMap((other, j) => (i !== j && o.keys.every(a => other.keys.every(b => close[a].has(b))) ? [j] : []))));
  const groups = near.some(s => s.size) ? fewestGroups(near) : origins.map((_, i) => [i]);
  return { alive, origins, groups, lo: groups.length, hi: origins.length };
}
