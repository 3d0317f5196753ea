// The matrix as one table. Every word comes in as data and is set as text, never as HTML.
// Tab reaches one button of the table; the arrow keys, Home and End move between them.
const tables = new WeakMap();

const make = (name, words = "", looks = "") => {
  const element = document.createElement(name);
  element.textContent = words;
  if (looks) element.className = looks;
  return element;
};

const head = (words, scope, span = 1) => {
  const cell = make("th", words);
  cell.scope = scope;
  if (span > 1) cell.colSpan = span;
  return cell;
};

const button = (id, seen, hidden, looks) => {
  const made = make("button", "", looks);
  made.type = "button";
  made.dataset.id = id;
  made.tabIndex = -1;
  made.append(make("span", seen), make("span", hidden, "unseen"));
  made.title = hidden;
  return made;
};

function banner(groups, corner) {
  const row = document.createElement("tr");
  row.append(corner);
  for (const group of groups) row.append(head(group.label, "colgroup", group.span));
  return row;
}

function heads(data) {
  const section = document.createElement("thead");
  const corner = () => make("td", "", "corner");
  if (data.programmes.length > 1) section.append(banner(data.programmes, corner()));
  section.append(banner(data.domains, corner()));
  const row = document.createElement("tr");
  const name = head("", "col");
  name.append(button("order:", data.body, data.byName, "name"));
  name.setAttribute("aria-sort", data.sorted);
  row.append(name);
  for (const column of data.columns) {
    const cell = head("", "col");
    cell.setAttribute("aria-sort", column.sorted);
    cell.append(button(`order:${column.key}`, column.label, column.hint, "framework"));
    row.append(cell);
  }
  section.append(row);
  return section;
}

function spread(data) {
  const row = make("tr", "", "spread");
  row.append(head(data.spreadName, "row"));
  for (const column of data.columns) {
    const cell = document.createElement("td");
    cell.append(make("span", column.counted, "unseen"));
    for (const each of column.spread) {
      const line = make("span", "", `line ${each.tone}`);
      line.setAttribute("aria-hidden", "true");
      const bar = make("span", "", "bar");
      bar.style.width = `${each.share}%`;
      line.append(bar, make("span", `${each.letter} ${each.count}`, "count"));
      cell.append(line);
    }
    row.append(cell);
  }
  return row;
}

function body(data) {
  const section = document.createElement("tbody");
  section.append(spread(data));
  for (const each of data.rows) {
    const row = document.createElement("tr");
    row.append(head(each.force, "row"));
    for (const square of each.squares) {
      const cell = document.createElement("td");
      if (square) {
        const made = button(`square:${square.id}`, square.seen, square.said, `grade ${square.tone}`);
        made.setAttribute("aria-pressed", String(square.chosen));
        cell.append(made);
      } else {
        cell.append(make("span", "–"), make("span", data.none, "unseen"));
      }
      row.append(cell);
    }
    section.append(row);
  }
  return section;
}

// The nearest button in a direction, past squares without a grade; null at the edge.
function neighbour(table, from, down, across) {
  const rows = [...table.rows].filter((row) => row.querySelector("button"));
  let row = rows.indexOf(from.closest("tr"));
  let column = from.closest("td, th").cellIndex;
  for (;;) {
    row += down;
    column += across;
    if (row < 0 || row >= rows.length || column < 0 || column >= rows[row].cells.length) return null;
    const found = rows[row].cells[column].querySelector("button");
    if (found) return found;
  }
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function move(table, event) {
  const from = event.target.closest("button");
  if (!from) return;
  const own = [...from.closest("tr").querySelectorAll("button")];
  let to = null;
  if (event.key in STEPS) to = neighbour(table, from, ...STEPS[event.key]);
  else if (event.key === "Home") to = own[0];
  else if (event.key === "End") to = own[own.length - 1];
  else return;
  event.preventDefault();
  if (to) to.focus();
}

function stop(table, at) {
  for (const each of table.querySelectorAll("button[tabindex='0']")) each.tabIndex = -1;
  at.tabIndex = 0;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const before = tables.get(parentElement);
  const key = JSON.stringify(data);
  if (before) before.trigger = setTriggerValue;
  if (before?.key === key) return;
  const focused = parentElement.activeElement ?? document.activeElement;
  const had = before?.region.contains(focused) ? focused?.dataset?.id : undefined;
  const left = before?.region.scrollLeft ?? 0;
  const top = before?.region.scrollTop ?? 0;

  const region = make("div", "", "region");
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", data.caption);
  const table = document.createElement("table");
  table.setAttribute("role", "grid");
  const caption = make("caption", data.caption, "unseen");
  table.append(caption, heads(data), body(data));
  region.append(table);
  table.addEventListener("keydown", (event) => move(table, event));
  table.addEventListener("focusin", (event) => {
    if (event.target.matches("button")) stop(table, event.target);
  });
  table.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (pressed) tables.get(parentElement).trigger("pressed", pressed.dataset.id);
  });
  if (before) before.region.replaceWith(region);
  else parentElement.append(region);
  region.scrollTo(left, top);
  tables.set(parentElement, { region, key, trigger: setTriggerValue });

  const buttons = [...table.querySelectorAll("button")];
  const again = buttons.find((each) => each.dataset.id === had);
  const first = buttons.find((each) => each.getAttribute("aria-pressed") === "true");
  if (buttons.length) stop(table, again ?? first ?? buttons[0]);
  again?.focus({ preventScroll: true });
}
