// Rows of the editor are put in order and moved by dragging their handle, with a mouse or a finger. What is dropped is sent
// by the form that the row's own buttons stand in, so that it is judged, logged and told like any move. Every page works
// without this file.

const byId = (id) => document.getElementById(id);
const INTO_AREA = ["goal", "route", "measure"]; // what can be dropped on an area's heading
const LISTS = ["section", "decision", "target", "fact"]; // what stays in the list it stands in

// An area with areas under it stays at the top: there are two levels.
const takesArea = ({ el }, from, area) => el.dataset.into === "utenfor" || !area.querySelector(".editor-block");

const groupOf = (drop) => {
  if (drop === "heading") return { name: drop, pull: false, put: INTO_AREA };
  if (LISTS.includes(drop)) return { name: drop, pull: false, put: false };
  return { name: drop, pull: true, put: drop === "area" ? takesArea : [drop] };
};
const optionsOf = (drop) => ({
  group: groupOf(drop),
  sort: drop !== "heading",
  draggable: drop === "heading" ? ".never" : drop === "area" ? ">.editor-block" : ">.editor-row",
  handle: ".editor-grip",
  forceFallback: true, // the same with a mouse and a finger
  fallbackOnBody: true,
  fallbackTolerance: 4, // pixels: less is a press
  emptyInsertThreshold: 12,
  invertSwap: true,
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
  scrollSensitivity: 80,
  scrollSpeed: 14,
  ghostClass: "drag-place",
  fallbackClass: "drag-ghost",
  onStart: begin,
  onMove: ({ dragged, related }) => (dragged.dataset.among ?? "") === (related?.dataset.among ?? ""),
  onEnd: end,
});

let dragged = null; // what is dragged or sent, and where it stood

const outline = () => byId("outline");
const ready = () => {
  const editor = outline();
  if (!editor) return;
  editor.parentElement.toggleAttribute("data-can-drag", true); // which stays when the outline is swapped, as wide as it was
  editor.querySelectorAll("[data-drop]").forEach((list) => {
    if (!Sortable.get(list)) Sortable.create(list, optionsOf(list.dataset.drop));
  });
};

// What opens or closes above the pointer must not carry the row away from it.
const holding = (row, change) => {
  const before = row.getBoundingClientRect().top;
  change();
  scrollBy({ top: row.getBoundingClientRect().top - before, behavior: "instant" });
};

const begin = ({ item, from }) => {
  dragged = { item, from, next: item.nextElementSibling, isCancelled: false };
  holding(item, () => outline().setAttribute("data-drags", from.dataset.drop));
};

const putBack = ({ item, from, next }) => from.insertBefore(item, next);
const keyOf = (part) => part?.id.slice(4) ?? ""; // rad-… of a row, del-… of an area

const end = ({ item, to }) => {
  holding(item, () => outline().removeAttribute("data-drags"));
  const { from, next, isCancelled } = dragged;
  if (isCancelled) putBack(dragged);
  if (isCancelled || (to === from && item.nextElementSibling === next)) return (dragged = null);
  send(item, to);
};

// What stands after a row among those it is put in order with; nothing after the last of them, or in a heading.
const nextOf = (item, to) => {
  const next = to.dataset.drop === "heading" ? null : item.nextElementSibling;
  return (next?.dataset.among ?? "") === (item.dataset.among ?? "") ? next : null;
};

const send = (item, to) => {
  const form = item.querySelector(".editor-move");
  const before = keyOf(nextOf(item, to));
  const said = to.dataset.into ? { before, into: to.dataset.into } : { before };
  Object.entries(said).forEach(([name, value]) =>
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value })),
  );
  dragged.form = form;
  outline().toggleAttribute("data-waits", true);
  form.requestSubmit();
};

// Escape lets go of what is dragged, where it stood.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !dragged || dragged.form) return;
  dragged.isCancelled = true;
  document.dispatchEvent(new PointerEvent("pointerup"));
});

// Without an answer, or with a no, the row stands where it stood, and the page says why.
const failed = (event) => {
  if (!dragged?.form || event.target !== dragged.form) return;
  dragged.form.querySelectorAll("[name=before], [name=into]").forEach((input) => input.remove());
  putBack(dragged);
  dragged = null;
  outline().removeAttribute("data-waits");
  if (event.detail.xhr?.getResponseHeader("HX-Trigger")?.includes('"stale"')) return;
  const isRefused = [403, 404].includes(event.detail.xhr?.status);
  byId("messages").replaceChildren(byId(isRefused ? "refused-drop" : "failed-drop").content.cloneNode(true));
};
["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, failed));

// An outline that goes takes along what watched over it, and what the dragging wrote on its rows: htmx would carry it over to
// those that come, as text, which the content policy refuses. The one that comes shows where the row now stands.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  detail.target.querySelectorAll("[data-drop]").forEach((list) => Sortable.get(list)?.destroy());
  detail.target.querySelectorAll("[style]").forEach((part) => part.removeAttribute("style"));
});
document.addEventListener("htmx:afterSettle", () => {
  ready();
  if (!dragged?.form) return;
  const row = byId(dragged.item.id);
  dragged = null;
  if (!row) return;
  row.toggleAttribute("data-moved", true);
  const { top, bottom } = row.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) row.scrollIntoView({ block: "center" });
});

ready();
