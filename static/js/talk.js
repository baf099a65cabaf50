// Conversations: closed again where they were opened, and names to choose from as one types "@".

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-close-talk]");
  if (!button) return;
  const opener = document.getElementById(button.dataset.closeTalk);
  button.closest(".talk-place").replaceChildren();
  opener.focus();
});

// What stands after the last "@" before the place one writes; nothing where that is part of an address.
const BEING_NAMED = /(?<![\p{L}\d_.@/])@([^@\n]{1,40})$/u;
const named = (field) => field.value.slice(0, field.selectionStart).match(BEING_NAMED);
const placeOf = (form) => form?.querySelector("[data-people]");

let waiting;
document.addEventListener("input", (event) => {
  const place = placeOf(event.target.form);
  if (!place || event.target.tagName !== "TEXTAREA") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => offer(event.target, place), 200);
});

const offer = async (field, place) => {
  const begun = named(field);
  if (!begun) return place.replaceChildren();
  const query = new URLSearchParams({ q: begun[1] });
  if (isInternal(field.form)) query.set("internt", "1");
  if ("draft" in place.dataset) query.set("utkast", "1");
  const answer = await fetch(`${place.dataset.people}?${query}`).catch(() => null);
  if (answer?.ok && named(field)?.[1] === begun[1]) place.innerHTML = await answer.text();
};
const isInternal = (form) => form.elements.where?.value === "internt" || "internal" in placeOf(form).dataset;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const field = button.closest("form").querySelector("textarea");
  const end = field.selectionStart;
  const start = end - named(field)[0].length;
  field.setRangeText(`@${button.dataset.insert} `, start, end, "end");
  button.closest("[data-people]").replaceChildren();
  field.focus();
});

// From the text down to the names and back.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form");
  const place = placeOf(form);
  const buttons = place ? [...place.querySelectorAll("button")] : [];
  if (!buttons.length) return;
  const field = form.querySelector("textarea");
  const at = buttons.indexOf(event.target);
  if (event.key === "Escape") {
    place.replaceChildren();
    field.focus();
  } else if (event.key === "ArrowDown" && (at >= 0 || event.target === field)) {
    event.preventDefault();
    buttons[Math.min(at + 1, buttons.length - 1)].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (buttons[at - 1] ?? field).focus();
  }
});
