// What is pasted from Word or a web page into a text that has formatting keeps its paragraphs, lists, links and emphasis
// as Markdown, and nothing else. The markup is read as text: a document made from it would have its styles reported.

const PARTS = /<!--[^]*?-->|<!\[if !supportLists\]>([^]*?)<!\[endif\]>|<!\[[^>]*>|<(\/?)([a-z][a-z0-9:]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+)|</gi;
const UNSEEN = new Set(["head", "style", "script", "title", "xml", "template"]);
const BLOCKS = new Set(
  "p div h1 h2 h3 h4 h5 h6 ul ol li table tr blockquote section article header footer pre dl dt dd".split(" "),
);
const MARK = { b: "**", strong: "**", i: "*", em: "*" };
const LETTERS = {
  nbsp: " ", amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", shy: "", aelig: "æ", oslash: "ø", aring: "å",
  AElig: "Æ", Oslash: "Ø", Aring: "Å", eacute: "é", ndash: "–", mdash: "—", hellip: "…", bull: "•", middot: "·",
  laquo: "«", raquo: "»", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”",
};
const BULLET = /^[\t ]*[•·▪◦●‣§oü–-][\t  ]+/;
const NUMBER = /^[\t ]*\(?\d{1,3}[.)]/;

const decoded = (text) =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, number, name) => {
    const code = hex ? parseInt(hex, 16) : Number(number);
    return name ? LETTERS[name] ?? whole : code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
const attribute = (text, name) => {
  const found = text.match(new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i"));
  return found ? decoded(found[1] ?? found[2] ?? found[3]) : "";
};
const plain = (text) => text.replace(/[\u00ad\u200b-\u200d\ufeff]/g, "").replace(/\u00a0/g, " ");
const isSafe = (address) => /^(?:https?:\/\/|mailto:)[^\s<>()]+$/i.test(address);

class Markdown {
  constructor() {
    this.blocks = [];
    this.words = "";
    this.item = null; // what stands before the words at hand, where they are a point of a list
    this.lists = [];
    this.marks = [];
    this.links = [];
    this.unseen = 0;
  }

  end() {
    const words = this.words
      .replace(/[^\S\n]+/g, " ")
      .replace(/ ?\n ?/g, "\n")
      .replace(/\*\*(\s*)\*\*/g, "$1") // what Word broke in two is one
      .trim();
    if (words) this.blocks.push({ item: this.item, words });
    this.words = "";
    this.item = null;
  }

  text(text) {
    if (this.unseen) return;
    this.words += plain(decoded(text)).replace(/\s+/g, " ").replaceAll("*", "\\*");
  }

  point(mark) {
    const depth = Math.max(0, this.lists.length - 1);
    this.item = "  ".repeat(depth) + mark;
  }

  open(name, rest) {
    if (UNSEEN.has(name)) this.unseen += 1;
    if (this.unseen) return;
    if (name === "br") this.words += "\n";
    if (name === "td" || name === "th") this.words += " ";
    if (name in MARK) this.emphasis(name, rest);
    if (name === "a") this.link(rest);
    if (!BLOCKS.has(name)) return;
    // A paragraph in a point is the point's own.
    if (name === "p" && this.item !== null && !this.words.trim()) return;
    this.end();
    if (name === "ul" || name === "ol") this.lists.push({ isNumbered: name === "ol", count: 0 });
    if (name === "li") this.listItem();
    const level = rest.match(/mso-list:\s*l\d+ level(\d)/i);
    if (level) this.item = "  ".repeat(level[1] - 1) + "- ";
  }

  listItem() {
    const list = this.lists.at(-1) ?? { isNumbered: false, count: 0 };
    list.count += 1;
    this.point(list.isNumbered ? `${list.count}. ` : "- ");
  }

  // What Word writes before the words of a point itself.
  wordMark(inner) {
    const said = plain(decoded(inner.replace(/<[^>]*>/g, ""))).trim();
    if (this.item !== null && NUMBER.test(said)) this.item = this.item.replace("- ", `${parseInt(said.match(/\d+/)[0], 10)}. `);
  }

  // What is bold by its tag and not by its style: a whole page can stand in a <b> that is none.
  emphasis(name, rest) {
    const isNone = /(?<![-\w])font-(?:weight|style)\s*:\s*(?:normal|[1-5]00)/i.test(rest);
    this.marks.push({ name, at: this.words.length, mark: isNone ? "" : MARK[name] });
  }

  link(rest) {
    const address = attribute(rest, "href");
    this.links.push({ at: this.words.length, address: isSafe(address) ? address : "" });
  }

  close(name) {
    if (UNSEEN.has(name)) this.unseen = Math.max(0, this.unseen - 1);
    if (this.unseen) return;
    if (name in MARK) this.wrap(this.marks.pop(), (mark, words) => mark.mark + words + mark.mark, (mark) => mark.mark);
    if (name === "a") this.wrap(this.links.pop(), (link, words) => linkOf(words, link.address), (link) => link.address);
    if (!BLOCKS.has(name)) return;
    this.end();
    if (name === "ul" || name === "ol") this.lists.pop();
  }

  // The space round the words stays outside their mark.
  wrap(opened, marked, isMeant) {
    const inner = opened ? this.words.slice(opened.at) : "";
    if (!opened || opened.at > this.words.length || !inner.trim() || !isMeant(opened)) return;
    const [, before, words, after] = inner.match(/^(\s*)([^]*?)(\s*)$/);
    this.words = this.words.slice(0, opened.at) + before + marked(opened, words) + after;
  }

  toString() {
    this.end();
    return this.blocks
      .map(({ item, words }, at) => {
        const before = at ? (item !== null && this.blocks[at - 1].item !== null ? "\n" : "\n\n") : "";
        return before + (item ?? "") + words.replaceAll("\n", item === null ? "\n" : "\n   ");
      })
      .join("");
  }
}
const linkOf = (words, address) => (words === address ? `<${address}>` : `[${words.replace(/[[\]]/g, "")}](${address})`);

const markdownOf = (html) => {
  const written = new Markdown();
  const body = html.match(/<!--StartFragment-->([^]*?)<!--EndFragment-->/i)?.[1] ?? html;
  for (const [, wordMark, slash, name, rest, text] of body.matchAll(PARTS)) {
    if (wordMark !== undefined) written.wordMark(wordMark);
    else if (name) written[slash ? "close" : "open"](name.toLowerCase(), rest);
    else if (text) written.text(text);
  }
  return written.toString();
};
const cleanOf = (text) =>
  plain(text)
    .split(/\r\n?|\n/)
    .map((line) => line.replace(BULLET, "- ").replace(/\t+/g, " ").trimEnd())
    .join("\n")
    .trim();

const LONGEST = 500_000; // letters of markup; beyond it only the words are taken
document.addEventListener("paste", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || !("formatted" in field.dataset)) return;
  const html = event.clipboardData.getData("text/html");
  const text = event.clipboardData.getData("text/plain");
  if ("pasteTable" in field.dataset && (html ? /<table/i.test(html) : text.includes("\t"))) return; // its cells say more
  const clean = (html && html.length < LONGEST && markdownOf(html)) || cleanOf(text);
  if (!clean || clean === text) return;
  event.preventDefault();
  // As if it were typed, so that it can be undone as one does.
  if (!document.execCommand("insertText", false, clean)) field.setRangeText(clean, field.selectionStart, field.selectionEnd, "end");
});
