// Sorts a table by a click on a header, and filters its rows; without it, tables are only read.
const LONG = 20; // rows
const DAY = /^(\d+ )?[A-Z][a-z]{2}( \d{4})?$|^\d{4}$/;
const EMPTY = ["", "–", "no data"];
const YEAR = document.querySelector("main").dataset.year; // that of days without one
const wide = matchMedia("(min-width: 44rem)").matches; // else rows are cards without headers

function valueOf(row, at) {
  const words = row.cells[at].textContent.replaceAll("\u00a0", " ").trim();
  if (DAY.test(words)) return Date.parse(/\d{4}$/.test(words) ? words : `${words} ${YEAR}`);
  const number = /^[#+−-]?\d[\d,.]*(?=$|[\s%–])/.exec(words);
  if (!number) return EMPTY.includes(words) ? "" : words;
  const value = Number.parseFloat(number[0].replace(/[#+,]/g, "").replace("−", "-"));
  return words.endsWith(" ago") ? -value : value;
}

function compared(one, other, way) { // what is empty comes last, either way
  if (one === "" || other === "") return (one === "") - (other === "");
  const areNumbers = typeof one === "number" && typeof other === "number";
  return way * (areNumbers ? one - other : String(one).localeCompare(String(other)));
}

function sort(table, header) {
  const at = header.cellIndex;
  const way = header.ariaSort === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", way < 0 ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => compared(valueOf(one, at), valueOf(other, at), way));
  table.tBodies[0].append(...rows);
}

function filter(table, words) {
  const wanted = words.toLowerCase().split(/\s+/);
  for (const row of table.tBodies[0].rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !wanted.every((word) => text.includes(word));
  }
}

for (const table of document.querySelectorAll("table")) {
  if (!table.tHead || table.tBodies[0].rows.length <= LONG) continue;
  const field = Object.assign(document.createElement("input"), {
    type: "search", placeholder: "Filter", className: "filter",
  });
  field.setAttribute("aria-label", `Filter: ${table.getAttribute("aria-label")}`);
  field.addEventListener("input", () => filter(table, field.value));
  table.parentElement.before(field);
  for (const header of wide ? table.tHead.querySelectorAll("th") : []) {
    const button = document.createElement("button");
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(table, header));
    header.append(button);
  }
}
