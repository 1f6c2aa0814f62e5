"use strict";
// Everything shown is already in the page: this only shows, hides and copies it.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const cards = new Map(all(".cards .card").map((card) => [card.id, card]));
  const marks = all(".m").map((element) => ({ element, ids: element.dataset.f.split(" ") }));
  const chosen = { tier: new Set(), category: new Set() };
  const panel = byId("panel");
  let passedShown = false;
  let shown = [];
  let current = null;
  let opener = null;

  const fits = (card) =>
    (card.dataset.kind === "finding" || passedShown) &&
    Object.entries(chosen).every(([key, values]) => !values.size || values.has(card.dataset[key]));

  // The gravest tier wins where passages overlap; "p" is let pass, "u" does not count.
  const strongest = (ids) => ["3", "2", "1", "u", "p"].find((look) => ids.some((id) => cards.get(id).dataset.look === look));

  function apply() {
    shown = [...cards.values()].filter(fits).sort((a, b) => a.dataset.start - b.dataset.start).map((card) => card.id);
    for (const [id, card] of cards) card.hidden = !shown.includes(id);
    for (const { element, ids } of marks) {
      const live = ids.filter((id) => shown.includes(id));
      element.className = live.length ? `m t${strongest(live)}` : "m off";
      if (live.length) element.removeAttribute("tabindex");
      else element.tabIndex = -1;
    }
    const findings = [...cards.values()].filter((card) => card.dataset.kind === "finding");
    const count = findings.filter((card) => !card.hidden).length;
    if (byId("status")) byId("status").textContent = `显示 ${count} / ${findings.length} 处` + (count ? "，点文中标色处看理由" : "");
    if (byId("passed")) byId("passed").hidden = !passedShown;
    if (byId("none")) byId("none").hidden = count > 0;
    if (current && !current.every((id) => shown.includes(id))) close();
  }

  const places = () => current.map((id) => shown.indexOf(id));

  function open(ids) {
    current = ids;
    byId("panel-cards").replaceChildren(...ids.map((id) => {
      const copy = cards.get(id).cloneNode(true);
      copy.removeAttribute("id");
      copy.open = true;
      copy.querySelector("summary").tabIndex = -1;
      return copy;
    }));
    byId("panel-place").textContent = `第 ${Math.min(...places()) + 1} 处，共 ${shown.length} 处`;
    byId("panel-cards").scrollTop = 0;
    panel.hidden = false;
    document.body.classList.add("panel-open");
    for (const mark of marks) mark.element.classList.toggle("now", mark.ids.some((id) => ids.includes(id)));
    const first = marks.find((mark) => mark.ids.some((id) => ids.includes(id)));
    if (first) {
      // Into the part of the screen that the sheet leaves free.
      const box = first.element.getBoundingClientRect();
      const free = matchMedia("(min-width: 64rem)").matches ? innerHeight : innerHeight * 0.38;
      if (box.top < 100 || box.bottom > free) scrollBy(0, box.top - Math.max(100, free * 0.5));
    }
    panel.focus({ preventScroll: true });
  }

  function close() {
    current = null;
    panel.hidden = true;
    document.body.classList.remove("panel-open");
    for (const { element } of marks) element.classList.remove("now");
    if (opener) opener.focus({ preventScroll: true });
    opener = null;
  }

  function step(by) {
    const place = by > 0 ? Math.max(...places()) : Math.min(...places());
    open([shown[(place + by + shown.length) % shown.length]]);
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".m");
    if (mark) {
      event.preventDefault();
      const ids = mark.dataset.f.split(" ").filter((id) => shown.includes(id));
      if (ids.length) {
        opener = mark;
        open(ids);
      }
    } else if (current && !event.target.closest("#panel, .chip")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (!current) return;
    if (event.key === "Escape") close();
    if (event.key === "ArrowRight") step(1);
    if (event.key === "ArrowLeft") step(-1);
  });
  byId("panel-close").addEventListener("click", close);
  byId("panel-next").addEventListener("click", () => step(1));
  byId("panel-back").addEventListener("click", () => step(-1));

  for (const chip of all(".chip")) {
    chip.addEventListener("click", () => {
      const on = chip.getAttribute("aria-pressed") !== "true";
      chip.setAttribute("aria-pressed", on);
      const key = Object.keys(chosen).find((name) => name in chip.dataset);
      if (!key) passedShown = on;
      else if (on) chosen[key].add(chip.dataset[key]);
      else chosen[key].delete(chip.dataset[key]);
      apply();
    });
  }

  const boxes = all("#plan input");
  const count = () => {
    if (byId("progress")) byId("progress").textContent = `已完成 ${boxes.filter((box) => box.checked).length} / ${boxes.length}`;
  };
  for (const box of boxes) {
    box.checked = false;
    box.addEventListener("change", count);
  }

  // Paper cannot be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all(".page details:not([open], .trace)");
    for (const item of folded) item.open = true;
  });
  addEventListener("afterprint", () => {
    for (const item of folded) item.open = false;
  });

  const target = cards.get(location.hash.slice(1));
  if (target) target.open = true;
  document.documentElement.classList.add("js");
  count();
  apply();
})();
