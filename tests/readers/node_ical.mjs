// Reads the calendar on standard input with node-ical, and writes what it found as JSON.
import { readFileSync } from "node:fs";
import ical from "node-ical";

const two = (number) => String(number).padStart(2, "0");
const day = (at) => at && `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const words = (value) => value?.val ?? value;

function read(part) {
  return {
    uid: part.uid,
    is_todo: part.type === "VTODO",
    title: words(part.summary),
    start: day(part.start) ?? null,
    end: day(part.type === "VTODO" ? part.due : part.end) ?? null,
    status: part.status,
    sequence: Number(part.sequence),
    categories: part.categories,
    url: words(part.url),
    description: words(part.description),
    alarms: (part.alarms ?? []).map((alarm) => words(alarm.trigger)),
  };
}

const parts = Object.values(ical.sync.parseICS(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(parts.filter((part) => ["VEVENT", "VTODO"].includes(part.type)).map(read)));
