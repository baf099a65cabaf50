// What is being written is kept in this browser until it is saved, so that a closed laptop loses nothing. A form says
// with data-keep whose text it is. Escape leaves a form. Every page works without this file.

const KEPT = "utkast:";
const SENT = "utkast-sendt";
const DAYS_KEPT = 14;
const NOT_WRITTEN = new Set(["csrfmiddlewaretoken", "next", "once", "do"]);

const nameOf = (form) => `${KEPT}${form.dataset.keep}:${form.getAttribute("action")}`;
const writtenIn = (form) =>
  [...new FormData(form)].filter(([name, value]) => !NOT_WRITTEN.has(name) && typeof value === "string");
const keptForms = () => [...document.querySelectorAll("form[data-keep]")];

// A browser may refuse to keep anything; then nothing is kept, and all else works.
const store = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};
const kept = (name) => JSON.parse(store((storage) => storage.getItem(name)) ?? "null");
const forget = (name) => store((storage) => storage.removeItem(name));
const forgetWhere = (takes) =>
  store((storage) => Object.keys(storage).filter((name) => name.startsWith(KEPT) && takes(name)).forEach(forget));

const unsaved = new WeakSet();
let waiting = null;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (!form) return;
  unsaved.add(form);
  clearTimeout(waiting);
  waiting = setTimeout(() => keep(form), 400);
});
const keep = (form) =>
  store((storage) => storage.setItem(nameOf(form), JSON.stringify({ at: Date.now(), entries: writtenIn(form) })));

// Whoever leaves with something unsaved is asked first.
addEventListener("beforeunload", (event) => {
  if (keptForms().some((form) => unsaved.has(form))) event.preventDefault();
});
addEventListener("pagehide", () => keptForms().forEach((form) => unsaved.has(form) && keep(form)));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-keep]")) {
    clearTimeout(waiting);
    keep(form);
    unsaved.delete(form);
    sent({ name: nameOf(form), isSaving: event.submitter?.name !== "do" });
  }
  // On a machine that others use as well, logging out leaves nothing behind.
  if (form.getAttribute("action")?.endsWith("/logout/")) forgetWhere(() => true);
}, true);

// Escape leaves a form that was opened in place, as its own link does. Where something is written, it first says what
// becomes of that, and leaves when it is pressed once more; whatever else is done first takes the question away.
const chosenAtFirst = (select) => {
  const said = [...select.options].filter((option) => option.defaultSelected);
  return said.length || select.multiple ? said : [select.options[0]];
};
const isTouched = (part) =>
  part.type === "checkbox" || part.type === "radio"
    ? part.checked !== part.defaultChecked
    : part.tagName === "SELECT"
      ? [...part.selectedOptions].some((option) => !chosenAtFirst(part).includes(option))
      : part.value !== part.defaultValue;
// What comes back from the server, with something to mend or a line more, says of itself that it is written in.
const isWritten = (form) =>
  "written" in form.dataset || [...form.querySelectorAll("input, textarea, select")].some(isTouched);
let question = null;
const takeAway = () => {
  question?.remove();
  question = null;
};
const ask = (form) => {
  question = document.getElementById("leave").content.firstElementChild.cloneNode(true);
  if (unsaved.has(form)) keep(form);
  if (!kept(nameOf(form))) question.querySelector("[data-is-kept]").remove();
  document.getElementById("messages").append(question);
};
const leave = (cancel) => {
  takeAway();
  cancel.focus({ preventScroll: true });
  cancel.click();
};
document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  const form = event.key === "Escape" && !event.isComposing ? event.target.closest("form") : null;
  const cancel = form?.querySelector("[data-cancel]:is([hx-get], button)");
  if (!cancel) takeAway();
  else if (question || !isWritten(form)) leave(cancel);
  else ask(form);
});
["pointerdown", "input", "focusout"].forEach((name) => document.addEventListener(name, takeAway));

// A form for something new that one comes back to is the one that was sent, though the browser may have fetched the page
// anew: its mark is kept with the page's place in the history.
const mark = document.querySelector("form[data-keep] [name=once]");
if (mark && history.state?.once) mark.value = history.state.once;
else if (mark) history.replaceState({ ...history.state, once: mark.value }, "");

// What was sent is forgotten when the page says that it is saved, and not before: the answer may be a login page. The form
// that comes back, with a line more or something to mend, is still being written.
const sent = (value) => sessionStorage.setItem(SENT, JSON.stringify(value));
const settle = () => {
  const { name, isSaving } = JSON.parse(sessionStorage.getItem(SENT) ?? "{}");
  sessionStorage.removeItem(SENT);
  const isSaved = isSaving && document.querySelector("#messages .toast:not([data-tone=error], [data-asks])");
  const isBack = (form) => !isSaved && nameOf(form) === name; // one for another of the kind has the same address
  const forms = keptForms();
  if (isSaved) forget(name);
  forms.forEach((form) => (isBack(form) ? stillWritten(form) : offer(form)));
};
const stillWritten = (form) => {
  unsaved.add(form);
  keep(form);
};

const offer = (form) => {
  const found = kept(nameOf(form));
  if (!found || unsaved.has(form) || form.querySelector(".kept-draft")) return;
  if (JSON.stringify(found.entries) === JSON.stringify(writtenIn(form))) return;
  const said = document.getElementById("kept-draft").content.firstElementChild.cloneNode(true);
  said.querySelector("[data-when]").textContent = whenWords(new Date(found.at), document.documentElement.lang);
  said.querySelector("[data-fetch]").addEventListener("click", () => fetchBack(form, found.entries));
  said.querySelector("[data-drop]").addEventListener("click", () => {
    forget(nameOf(form));
    said.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  form.prepend(said);
};

// The clock is 9.05 in Norwegian, as everywhere else here; browsers write 09:05.
const whenWords = (when, lang) => {
  const words = when.toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
  return lang.startsWith("en") ? words : words.replace(/\b0?(\d+):(\d\d)/, "$1.$2");
};

// The server sets the form with what was kept: lines, choices and links come back too, and nothing is saved by it.
const fetchBack = (form, entries) => {
  const values = new FormData();
  entries.forEach(([name, value]) => values.append(name, value));
  NOT_WRITTEN.forEach((name) => form.elements[name] && values.append(name, form.elements[name].value));
  values.set("do", "hent");
  sent({ name: nameOf(form), isSaving: false });
  if (form.hasAttribute("hx-post")) {
    htmx.ajax("POST", form.getAttribute("action"), { target: "#edit", swap: "outerHTML", values });
    return;
  }
  const sender = Object.assign(document.createElement("form"), { method: "post", action: form.action, hidden: true });
  values.forEach((value, name) => sender.append(Object.assign(document.createElement("textarea"), { name, value })));
  document.body.append(sender);
  unsaved.delete(form);
  sender.submit();
};

forgetWhere((name) => Date.now() - (kept(name)?.at ?? 0) > DAYS_KEPT * 24 * 3600 * 1000);
settle();
document.addEventListener("htmx:afterSettle", settle);
