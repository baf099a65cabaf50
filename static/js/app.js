// The little that style and HTML cannot do. Every page works without this file.

const byId = (id) => document.getElementById(id);

// "/" goes to search from anywhere but a field.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = byId("search");
  event.preventDefault();
  if (field?.checkVisibility()) field.focus();
  else document.querySelector(".tool-search")?.click();
});

// Menus close on Escape, on a press outside and when focus leaves them.
const closeMenus = (except) =>
  document.querySelectorAll(".menu[open]").forEach((menu) => {
    if (!menu.contains(except)) menu.open = false;
  });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest(".menu[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});
document.addEventListener("pointerdown", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));

// Messages: a button to put them away, and words for screen readers (HX-Trigger: {"announce": "…"}).
const readyParts = (root) => {
  root.querySelectorAll("[data-close]").forEach((button) => (button.hidden = false));
  root.querySelectorAll("[data-hide-with-js]").forEach((part) => (part.hidden = true));
  if (navigator.clipboard) root.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = false));
};
const takeFocus = (root) => root.querySelector("[data-take-focus]")?.focus();
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest(".toast").remove();
});
// A button that copies what stands in a field, named by its id.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(byId(button.dataset.copy).value);
  byId("announcer").textContent = button.dataset.copied;
  button.lastChild.textContent = button.dataset.copied;
});
document.addEventListener("announce", (event) => {
  byId("announcer").textContent = event.detail.value;
});

// After a swap focus stays on the control that was used. htmx finds it by id; where it is gone, the part that came
// in its place says with data-focus what stands in for it.
const used = new WeakMap(); // by the request that was made
document.addEventListener("htmx:beforeRequest", ({ detail }) => used.set(detail.xhr, document.activeElement));
const isInView = (part) => {
  const { top, bottom } = part.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};
let settled = []; // the parts of one answer, each of which is told of by itself
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (settled.push(detail.elt) === 1) queueMicrotask(() => afterAnswer(used.get(detail.xhr)));
});
const afterAnswer = (control) => {
  const parts = settled.splice(0);
  readyParts(document);
  parts.forEach(takeFocus);
  if (!control || control === document.body || document.contains(control)) return;
  if (document.activeElement === document.body) placeFocus(control, parts);
  // A list that was swapped whole may have carried the row away from what one sees.
  if (!isInView(document.activeElement)) document.activeElement.scrollIntoView({ block: "center" });
};
const placeFocus = (control, parts) => {
  const places = [byId(control.id), ...parts.map((part) => part.querySelector("[data-focus]")), byId("innhold")];
  places.find((place) => place?.checkVisibility()).focus({ preventScroll: true });
};

// The arrows go from task to task: from a choice to the next choice, else to what ticks it off.
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
document.addEventListener("keydown", (event) => {
  const row = event.key in STEPS ? event.target.closest(".work") : null;
  if (!row || event.altKey || event.ctrlKey || event.metaKey || event.target.closest(".task-form")) return;
  const control = event.target.type === "checkbox" ? ".task-pick input" : ".task-do button";
  const all = [...document.querySelectorAll(`.work ${control}`)].filter((part) => part.checkVisibility());
  const next = all[all.indexOf(row.querySelector(control)) + STEPS[event.key]];
  if (!next || !row.querySelector(control)) return;
  event.preventDefault();
  next.focus();
});

// A table that is pasted keeps its cells: the plain text goes in the field, the table's own markup beside it.
document.addEventListener("paste", (event) => {
  const beside = byId(event.target.dataset?.pasteTable);
  if (!beside) return;
  const table = tableIn(event.clipboardData.getData("text/html"));
  setTimeout(() => (beside.value = table));
});
document.addEventListener("input", (event) => {
  const beside = byId(event.target.dataset?.pasteTable);
  if (beside) beside.value = "";
});
const DRESS = / (?:style|class|lang|width|height)=(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;
const tableIn = (html) => (html.match(/<table[^]*<\/table>/i)?.[0] ?? "").replace(DRESS, "");

// A request without an answer leaves the page as it was, and says so.
const sayFailed = (event) => {
  if (event.detail.xhr?.getResponseHeader("HX-Trigger")?.includes('"stale"')) return;
  const form = event.target.closest?.(".task form[method=post]");
  if (form) sayFailedAt(form);
  else byId("messages").replaceChildren(byId("failed").content.cloneNode(true));
};
document.addEventListener("htmx:sendError", sayFailed);
document.addEventListener("htmx:responseError", sayFailed);
document.addEventListener("htmx:timeout", sayFailed);

// What is sent by somebody who is logged out meanwhile stays where it is written. When one has logged in in another tab,
// the page gets the mark that counts from then on, and it can be sent from here.
const say = (name) => {
  byId("messages").replaceChildren(byId(name).content.cloneNode(true));
  return byId("messages").firstElementChild;
};
const WRITING = "textarea, input:is([type=text], [type=url], [type=email], [type=number], [type=search])";
const isWriting = () =>
  [...document.querySelectorAll("form[method=post]")].some((form) =>
    [...form.querySelectorAll(WRITING)].some((part) => part.value !== part.defaultValue),
  );
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const to = event.detail.xhr.getResponseHeader("HX-Redirect");
  const login = byId("logged-out").content.querySelector("a").getAttribute("href");
  if (!to?.startsWith(login) || !isWriting()) return;
  event.preventDefault();
  say("logged-out");
});
document.addEventListener("stale", ({ detail }) => {
  if (!detail.token) return say("logged-out");
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = detail.token));
  say("fresh").querySelector("[data-who]").textContent = detail.who;
});

// A tick without an answer is said at its row, where it can be tried again; the button itself can be used as before.
const sayFailedAt = (form) => {
  withoutFailed(form);
  form.after(byId("failed-tick").content.cloneNode(true));
  form.nextElementSibling.querySelector("[data-again]").addEventListener("click", () => {
    form.querySelector("button:not([type=button])").focus();
    form.requestSubmit();
  });
};
const withoutFailed = (form) => form.parentElement.querySelectorAll(".task-failed").forEach((said) => said.remove());
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.(".task form");
  if (form) withoutFailed(form);
});

readyParts(document);
takeFocus(document);
// A page opened at one of its rows: focus goes there as it does after a swap, once the browser has gone to the address's
// "#", which takes focus away.
addEventListener("load", () => {
  if (new URLSearchParams(location.search).has("ved")) document.querySelector("[data-focus]")?.focus();
});

// An address that leads to a task which is folded away: the page is asked for once more, with the task in its place.
const askFor = (mark) => {
  const address = new URL(location.href);
  if (address.searchParams.get("oppgave") === mark) return;
  address.searchParams.set("oppgave", mark);
  location.replace(address);
};
const hidden = location.hash.match(/^#task-(\d+)$/);
if (hidden && document.querySelector(".work-more") && !byId(hidden[0].slice(1))) askFor(hidden[1]);

// What the page says is to be pressed once it has come in: the next of several that are written one after the other.
document.addEventListener("press", (event) => byId(event.detail.value)?.click());
// Control and Enter save from anywhere in a form, and go straight on to another where the form can. What is written in a
// text field of several lines is sent by them wherever it stands.
const SENDS = "button:not([type=button], [name=do], [aria-hidden])";
const sendsWritten = (form) => form?.querySelector("textarea") && form.method === "post" && form.querySelector(SENDS);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form");
  const button = form?.querySelector("[name=again]") ?? form?.querySelector("#edit-save") ?? sendsWritten(form);
  if (!button) return;
  event.preventDefault();
  button.focus({ preventScroll: true });
  button.click();
});
