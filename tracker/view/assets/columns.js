// Where things stand in the three columns: lists of items with a place and a size, no pixels yet.
const CARD = { w: 410, low: 40, high: 56, gap: 6 }, OUTLET_X = -80, ORIGIN_X = 492, WORLD = { left: -252, right: 722 };
const MOST = 48, SIDE = 24; // cards a page; nodes a side when topics stand for claims
const BANDS = { 3: ["3 or more independent origins", "well corroborated"], 2: ["2 independent origins", "corroborated"],
  1: ["1 origin", "not independently confirmed"], 0: ["No origin", "only denied, or nothing to judge by"] };
const UNTOPICAL = "no common topic";

// Pool-adjacent places: as near to the wished heights as possible, in order, never overlapping.
function spread(items) {
  items.sort((a, b) => a.wish - b.wish || compare([a.id], [b.id]));
  const pools = [];
  for (const item of items) {
    let pool = { items: [item], height: item.h, sum: item.wish - item.h / 2 };
    for (let last = pools.at(-1); last && last.sum / last.items.length + last.height > pool.sum / pool.items.length; last = pools.at(-1)) {
      pools.pop();
      pool = { items: last.items.concat(pool.items), height: last.height + pool.height, sum: last.sum + pool.sum - last.height * pool.items.length };
    }
    pools.push(pool);
  }
  const lift = Math.max(0, 4 - Math.min(...pools.map(p => p.sum / p.items.length)));
  for (const pool of pools) {
    let y = pool.sum / pool.items.length + lift;
    for (const item of pool.items) { item.y = item.base = y + item.h / 2; y += item.h; }
  }
  return items;
}

function grouped(list) {
  const groups = new Map();
  for (const claim of list) push(groups, claim.topic, claim);
  return [...groups].sort((a, b) => b[1].length - a[1].length || compare([a[0]], [b[0]]));
}

// Cards of one page: bands of claims, or topics when there are too many claims to read.
function cardsOf(list) {
  const groups = grouped(list), loose = list.filter(c => !c.topic).length;
  const byTopic = list.length > MOST && !state.topic && groups.length > 1 && groups.length < list.length / 2 && loose < list.length / 2;
  const all = byTopic ? groups : sorted(list, "lo", false).sort((a, b) => bandOf(b) - bandOf(a) || live(b).n - live(a).n || (live(b).unverified - live(a).unverified) || compare([a.id], [b.id]));
  const pages = Math.max(1, Math.ceil(all.length / MOST));
  state.page = Math.min(state.page, pages - 1);
  const shown = all.slice(state.page * MOST, (state.page + 1) * MOST);
  return { byTopic, pages, total: all.length, shown };
}

function layout(list) {
  if (state.view === "time") return layoutLanes(list);
  const { byTopic, pages, total, shown } = cardsOf(list);
  const out = { cards: [], bands: [], sides: [], lines: [], byTopic, pages, total, bottom: 0 };
  if (byTopic) placeTopics(out, shown, list.length); else placeClaims(out, shown, list);
  placeSides(out, byTopic ? shown.flatMap(t => t[1]) : shown);
  out.bottom = Math.max(out.bottom, ...out.sides.map(s => s.y + s.h / 2));
  return out;
}
function placeTopics(out, shown, count) {
  let y = 34;
  out.bands.push({ kind: "topics", y: 0, title: total(out, "topic"), note: "bars: 3+, 2 and 1 origin; click a topic to open it", count, h: 34 + shown.length * (CARD.low + CARD.gap) });
  for (const [topic, list] of shown) {
    out.cards.push({ kind: "topic", id: "topic:" + topic, topic, claims: list, h: CARD.low, y: y + CARD.low / 2 });
    y += CARD.low + CARD.gap;
  }
  out.bottom = y;
}
const total = (out, noun) => out.total + " " + noun + (out.total === 1 ? "" : "s");
function placeClaims(out, shown, list) {
  let y = 0;
  for (const band of [3, 2, 1, 0]) {
    const here = shown.filter(c => bandOf(c) === band);
    if (!here.length) continue;
    const top = y;
    y += 30;
    for (const claim of here) {
      const lines = wrap(claim.wording), h = lines.length > 1 ? CARD.high : CARD.low;
      out.cards.push({ kind: "claim", id: nodeOf(claim), claim, band, lines, h, y: y + h / 2 });
      y += h + CARD.gap;
    }
    out.bands.push({ kind: "band", band, y: top, h: y - top + 2, title: BANDS[band][0], note: BANDS[band][1], count: list.filter(c => bandOf(c) === band).length });
    y += 14;
  }
  out.bottom = y;
}

// A title in two lines at most; measured in characters, since a card's height must not wait for a font.
const LINE = 48;
function wrap(text) {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= LINE) return [plain];
  const at = plain.lastIndexOf(" ", LINE), cut = at > LINE / 2 ? at : LINE;
  return [plain.slice(0, cut), plain.slice(cut).trim()];
}

// Outlets and voices stand near the mean height of the cards they are joined to.
function placeSides(out, shown) {
  const place = new Map(), joined = new Map(), about = new Map();
  for (const card of out.cards) for (const c of card.claims || [card.claim]) place.set(nodeOf(c), card);
  for (const claim of shown) {
    for (const e of linesIn(claim)) { push(joined, e.from, place.get(e.to)); push(about, e.from, claim); out.lines.push({ side: e.from, card: place.get(e.to), kind: e.kind, claim }); }
    for (const e of linesOut(claim)) { push(joined, e.to, place.get(e.from)); push(about, e.to, claim); out.lines.push({ side: e.to, card: place.get(e.from), kind: e.kind, claim }); }
  }
  for (const kind of ["outlet", "voice"]) {
    let items = [...joined].filter(([id]) => nodes.get(id).kind === kind).map(([id, cards]) => sideItem(id, kind, cards, new Set(about.get(id)).size));
    if (out.byTopic) items = items.sort((a, b) => b.count - a.count || compare([a.id], [b.id])).slice(0, SIDE);
    if (items.length > 60) for (const item of items) item.h = 18;
    out.sides.push(...spread(gathered(items)));
  }
  out.at = new Map(out.sides.map(s => [s.id, s]));
  out.lines = out.lines.filter(l => out.at.has(l.side));
  out.maybes = out.byTopic ? [] : maybesOf(shown).filter(e => out.at.has(e.from) && out.at.has(e.to));
}
const maybesOf = shown => [...new Map(shown.flatMap(c => live(c).origins.filter(o => o.maybe).map(o => [o.voice + "|" + o.maybe.voice, { from: o.voice, to: o.maybe.voice }]))).values()];
// A short column is kept within one screen, where it can follow the reader (see follow in canvas.js).
const screenHigh = () => Math.max(200, (box.clientHeight || 560) / Math.min(1.15, (box.clientWidth || 970) / (WORLD.right - WORLD.left)) - 24);
function gathered(items) {
  const wishes = items.map(i => i.wish), range = Math.max(...wishes) - Math.min(...wishes), sum = items.reduce((all, i) => all + i.h, 0), high = Math.max(sum, screenHigh() - 90);
  if (items.length && range > high && sum < screenHigh()) {
    const middle = wishes.reduce((sum, w) => sum + w, 0) / items.length;
    for (const item of items) item.wish = middle + (item.wish - middle) * high / range;
  }
  return items;
}
function sideItem(id, kind, cards, count) {
  const node = nodes.get(id), once = kind === "voice" && node.once.length ? node.once : null;
  const wish = cards.reduce((sum, c) => sum + c.y, 0) / cards.length;
  return { id, kind, node, count, wish, y: wish, base: 0, h: once ? 54 : 40, x: kind === "outlet" ? OUTLET_X : ORIGIN_X };
}
