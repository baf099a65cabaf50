// The words of a row open its form, as the button beside them does. Every page works without this file.

const isReading = (event) => event.target.closest("a, button, summary") || !getSelection().isCollapsed;
document.addEventListener("click", (event) => {
  const words = event.target.closest(".editor-words, .editor-written");
  if (words && !isReading(event)) words.closest(".editor-line").querySelector("[data-edit]")?.click();
});
