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
