// Areas of a long document are fetched as they come into view: those one stops at, one at a time, so that going straight
// to the end fetches no more than what one sees there. Every page works without this file: each area has a link.

const STAYS = 250; // milliseconds

const waiting = new Map();
const isFetching = () => document.querySelector("[data-needed].htmx-request");
const open = (link) => {
  waiting.delete(link);
  if (link.isConnected && !isFetching()) htmx.trigger(link, "needed");
};
const seen = (entries) =>
  entries.forEach(({ target, isIntersecting }) => {
    clearTimeout(waiting.get(target));
    waiting.delete(target);
    if (isIntersecting) waiting.set(target, setTimeout(() => open(target), STAYS));
  });

// The observer tells of every area anew when it begins, so those that had to wait for another come in turn.
let observer = null;
const watch = () => {
  observer?.disconnect();
  observer = new IntersectionObserver(seen);
  document.querySelectorAll("[data-needed]").forEach((link) => observer.observe(link));
};

// What comes in above what one reads, or while one is at the foot of the page, does not push it away: the distance to the
// foot is kept.
let toFoot = null;
const isArea = (event) => event.target.matches?.(".area-closed, .editor-block");
const height = () => document.documentElement.scrollHeight;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (isArea(event)) event.detail.pathInfo.anchor = ""; // nor does the area's own name in its link's address
  const isAbove = () => event.target.getBoundingClientRect().top < 0 || scrollY + innerHeight > height() - 2;
  toFoot = isArea(event) && isAbove() ? height() - scrollY : null;
});
document.addEventListener("htmx:afterSwap", () => {
  if (toFoot !== null) scrollTo({ top: height() - toFoot, behavior: "instant" });
  toFoot = null;
});
document.addEventListener("htmx:afterSettle", watch);

// An address may name something in an area that is closed: the server knows which, and opens it.
const openNamed = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const key = id.replace(/^rad-/, "");
  const address = new URL(location);
  if (!key || document.getElementById(id) || !document.querySelector("[data-needed]")) return;
  if (address.searchParams.get("ved") === key) return;
  address.searchParams.set("ved", key);
  location.replace(address);
};
addEventListener("hashchange", openNamed);

// Paper has all of it. A browser that prints waits for nothing but this, so the rest is fetched at once.
addEventListener("beforeprint", () => {
  const whole = document.querySelector("[data-whole]");
  if (!whole) return;
  const request = new XMLHttpRequest();
  request.open("GET", whole.href, false);
  request.setRequestHeader("HX-Request", "true");
  request.send();
  if (request.status === 200) htmx.swap("#dokumentet", request.responseText, { swapStyle: "innerHTML" });
});

openNamed();
watch();
