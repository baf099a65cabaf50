// The picture and the list beside it light each other up: whatever shares a number with what is pointed at.

const numbersOf = (part) => new Set(part?.dataset.n?.split(" ") ?? []);
const light = (part) => {
  const lit = numbersOf(part);
  document.querySelectorAll("[data-n]").forEach((other) => {
    other.classList.toggle("is-lit", [...numbersOf(other)].some((number) => lit.has(number)));
  });
};
const view = document.querySelector(".wheel-head");
for (const name of ["mouseover", "focusin"]) view?.addEventListener(name, (event) => light(event.target.closest("[data-n]")));
for (const name of ["mouseleave", "focusout"]) view?.addEventListener(name, () => light(null));

// A mark that is reached by keyboard brings its row into sight where the list scrolls by itself.
view?.addEventListener("focusin", (event) => {
  const mark = event.target.closest(".wheel-mark");
  if (mark) document.getElementById(`p${mark.dataset.n.split(" ")[0]}`)?.scrollIntoView({ block: "nearest" });
});

// Where the months are wider than the screen, the one that is now is among those that one sees.
document.addEventListener("htmx:load", (event) => {
  const now = event.target.querySelector(".month-nav [aria-current]");
  const months = now?.closest("ul");
  if (!months) return;
  const [inner, outer] = [now.getBoundingClientRect(), months.getBoundingClientRect()];
  months.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
});
