// Small builders, and the claim table: elements and text nodes only.
function el(tag, given = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === "on") node.addEventListener("click", value); else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...inside.filter(x => x !== null && x !== undefined && x !== "" && x !== false));
  return node;
}
const name = text => el("bdi", {}, text);
const button = (label, on, more = {}) => el("button", { type: "button", on, ...more }, label);
const wordsOf = claim => el("div", { class: "says" }, ...says(claim).flatMap(([kind, words], i) => [i ? " · " : "", el("span", { class: kind }, name(words))]), judgedWords(claim));
const jump = (id, label) => button(name(label), () => select(id), { class: "link" });

const HEADS = [["lo", "◆", "independent origins"], ["n", "■", "outlets that carry it"], ["credibility", "Cred.", "credibility: 1 confirmed, 6 cannot be judged"], ["wording", "Claim", ""], ["last", "Latest", "day of the latest report"]];
const ROWS = 100; // more rows than anyone reads make the table slow to build
let shownRows = ROWS;
function drawTable(list) {
  const marks = HEADS.map(([key, label, title]) => el("th", { scope: "col", "aria-sort": state.sort === key ? (state.down ? "descending" : "ascending") : "none" },
    button(label + (state.sort === key ? (state.down ? " ▼" : " ▲") : ""), () => sortBy(key), { title: title || null, "aria-label": title ? "Sort by " + title : null, "data-sort": key })));
  const focus = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.sort : "";
  document.querySelector("#claims thead").replaceChildren(el("tr", {}, ...marks));
  if (focus) document.querySelector('#claims [data-sort="' + focus + '"]').focus();
  document.querySelector("#claims tbody").replaceChildren(...list.slice(0, shownRows).map(drawRow));
  $("nothing").hidden = list.length > 0;
  $("nothing").firstElementChild.textContent = claims.length ? "No claim fits what is asked for." : "No claim was found in these articles.";
  $("more").hidden = list.length <= shownRows;
  $("more").textContent = "Show all " + list.length + " claims";
  $("tab-claims").textContent = (list.length === claims.length ? "All claims (" : "Claims (") + list.length + ")";
}
function drawRow(claim) {
  const open = button(name(claim.wording), event => { event.stopPropagation(); select(nodeOf(claim)); }, { class: "open" }), l = live(claim);
  return el("tr", { class: "b" + bandOf(claim) + (state.selected === nodeOf(claim) ? " chosen" : ""), "data-id": claim.id, on: () => select(nodeOf(claim)) },
    el("td", {}, bounds(claim)), el("td", {}, String(l.n)), el("td", {}, l.same && claim.credibility ? String(claim.credibility) : "–"), el("td", {}, open, wordsOf(claim)), el("td", { class: "day" }, name(l.last.slice(0, 10) || "undated")));
}
function sortBy(key) { state.down = state.sort === key ? !state.down : false; state.sort = key; refresh(); }
