/* Search over all changes: reads the months' small JSON files, newest first, and filters them here. */
"use strict";
(function () {
  const form = document.querySelector("form.search");
  const field = document.getElementById("q");
  const found = document.getElementById("found");
  const table = form.querySelector("table");
  const body = table.tBodies[0];
  const months = [...document.querySelectorAll("a[href$='.html']")]
    .map((link) => (link.getAttribute("href").match(/^(\d{4}-\d{2})\.html$/) || [])[1])
    .filter((name, at, all) => name && all.indexOf(name) === at);
  const LIMIT = 100;
  let rows = null;
  let waiting = 0;

  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  async function load() {
    if (rows) { return rows; }
    found.textContent = "Loading …";
    const parts = await Promise.all(months.map(async (month) => {
      const answer = await fetch(month + ".json");
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    }));
    rows = parts.flat().map((row) => ({ row: row, text: fold(row.join(" ")) }));
    return rows;
  }

  function cell(row, kind, text) {
    const made = document.createElement(kind);
    made.textContent = text;
    row.append(made);
    return made;
  }

  function show(hits) {
    body.replaceChildren();
    for (const { row: [id, day, kind, story, label, words, stands] } of hits.slice(0, LIMIT)) {
      const line = body.insertRow();
      cell(line, "td", day);
      const head = cell(line, "th", "");
      head.scope = "row";
      const name = document.createElement("bdi");
      name.textContent = label;
      head.append(name);
      const said = cell(line, "td", "");
      const link = document.createElement("a");
      link.href = id.replace(/[^A-Za-z0-9_-]+/g, "-") + ".html";
      link.textContent = words + (stands ? "" : " (taken back)");
      said.append(link);
    }
    table.hidden = hits.length === 0;
  }

  async function search() {
    const turn = ++waiting;
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    if (words.length === 0) { found.textContent = ""; table.hidden = true; return; }
    try {
      const all = await load();
      if (turn !== waiting) { return; }
      const hits = all.filter(({ text }) => words.every((word) => text.includes(word)));
      show(hits);
      found.textContent = hits.length === 0 ? "Nothing found." : hits.length > LIMIT
        ? hits.length + " changes, the newest " + LIMIT + " shown." : hits.length + (hits.length === 1 ? " change." : " changes.");
    } catch (error) {
      found.textContent = "The lists could not be loaded (a page opened from a file has no search). They are below, by month.";
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
    if (event.key === "Escape" && document.activeElement === field) { field.value = ""; search(); }
  });
  form.hidden = false;
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { field.value = asked; search(); }
})();
