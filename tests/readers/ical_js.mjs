// Reads the calendar on standard input with ical.js, and writes what it found as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

function read(part) {
  const one = (name) => part.getFirstPropertyValue(name);
  const day = (name) => one(name)?.toString() ?? null;
  const alarms = part.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toString());
  return {
    uid: one("uid"),
    is_todo: part.name === "vtodo",
    title: one("summary"),
    start: day("dtstart"),
    end: day(part.name === "vtodo" ? "due" : "dtend"),
    status: one("status"),
    sequence: one("sequence"),
    categories: part.getFirstProperty("categories").getValues(),
    url: one("url"),
    description: one("description"),
    alarms,
  };
}

const parts = ["vevent", "vtodo"].flatMap((name) => calendar.getAllSubcomponents(name));
process.stdout.write(JSON.stringify(parts.map(read)));
