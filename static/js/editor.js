// Where a document or a wheel is written. Every page works without this file.

const byId = (id) => document.getElementById(id);

// The words of a row open its form, as the button beside them does.
const isReading = (event) => event.target.closest("a, button, summary") || !getSelection().isCollapsed;
document.addEventListener("click", (event) => {
  const words = event.target.closest(".editor-words, .editor-written");
  if (words && !isReading(event)) words.closest(".editor-line").querySelector("[data-edit]")?.click();
});

// Alt and an arrow press the button that moves the row one stands in. What is pressed while a move is under way comes
// after it; a key that is held goes as fast as the answers come.
const TO = { ArrowUp: "up", ArrowDown: "down" };
let steps = []; // the ids of the buttons, the one under way first
const buttonOf = ({ target, key }) => target.closest(".editor-line")?.querySelector(`.editor-move [value="${TO[key]}"]`);
document.addEventListener("keydown", (event) => {
  if (!(event.key in TO) || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (byId("edit") || event.target.closest(FIELD)) return staysInForm(event);
  const button = buttonOf(event);
  if (!button) return;
  event.preventDefault();
  if (event.repeat && steps.length) return;
  if (steps.push(button.id) === 1) button.click();
});
// In a form no row is moved. A choice and a date open there, and on a Mac the caret moves; elsewhere the browser would
// roll the page a screen away from what is written.
const FIELD = "input, textarea, select";
const IS_MAC = navigator.platform.startsWith("Mac");
const OPENS = "select, [type=date], [type=number]";
const staysInForm = (event) => {
  if (!IS_MAC && event.target.closest("form") && !event.target.matches(OPENS)) event.preventDefault();
};
const takeNextStep = () => {
  steps.shift();
  const button = steps.length ? byId(steps[0]) : null;
  if (button) button.click();
  else steps = []; // the row may have been taken out meanwhile
};
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "outline") queueMicrotask(takeNextStep); // when focus is where it was
});
["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) =>
  document.addEventListener(name, () => (steps = [])),
);

// What one looks at stays where it is when a form is opened or left, however much is folded away above it meanwhile, and
// whoever cancels stands where the form was opened. A form whose beginning is out of sight is left to what brings the row
// into view.
let held = null;
let opener = "";
const topOf = (part) => part.getBoundingClientRect().top;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = byId("edit");
  held = { form, top: topOf(form ?? detail.target), isSent: detail.requestConfig.verb === "post" };
  if (form) detail.pathInfo.anchor = "";
  else opener = detail.requestConfig.elt.id;
});
const focusAfter = (isSent) => {
  const link = isSent ? null : byId(opener);
  if (!link?.checkVisibility()) return document.querySelector("#outline [data-focus]");
  link.focus({ preventScroll: true });
  return link;
};
document.addEventListener("htmx:afterSwap", () => {
  const form = byId("edit");
  if (!held || Boolean(held.form) === Boolean(form)) return;
  const part = form ?? focusAfter(held.isSent)?.closest(".editor-line, .editor-add");
  if (part && held.top >= 0) scrollBy({ top: topOf(part) - held.top, behavior: "instant" });
  held = null;
});
