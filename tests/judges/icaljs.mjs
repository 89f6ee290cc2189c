// Asks ical.js (the reader of Thunderbird) what iCalendar files say: one line of JSON for each file, as readers.py reads it.
//
//     node icaljs.mjs FOLDER FILE.ics...
//
// FOLDER is where npm installed ical.js. Times are UTC by the VTIMEZONEs of the file itself.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...paths] = process.argv.slice(2);
const found = createRequire(join(folder, "here.js")).resolve("ical.js");
const module = await import(pathToFileURL(found));
const ICAL = module.default ?? module;

function when(time) {
    if (time === null) return null;
    if (time.isDate) return time.toString();
    if (time.zone.tzid === "floating") return "floating";
    return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

for (const path of paths) {
    const errors = [];
    const events = [];
    try {
        const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
        ICAL.TimezoneService.reset();
        for (const zone of calendar.getAllSubcomponents("vtimezone")) {
            ICAL.TimezoneService.register(new ICAL.Timezone({ component: zone, tzid: zone.getFirstPropertyValue("tzid") }));
        }
        for (const component of calendar.getAllSubcomponents("vevent")) {
            const value = (name) => component.getFirstPropertyValue(name);
            for (const name of ["dtstart", "dtend"]) {
                const tzid = component.getFirstProperty(name)?.getParameter("tzid");
                if (tzid && !ICAL.TimezoneService.has(tzid)) errors.push(`no VTIMEZONE for ${tzid}`);
            }
            events.push([value("uid"), when(value("dtstart")), when(value("dtend")), value("summary"), value("status")]);
        }
    } catch (error) {
        errors.push(String(error));
    }
    console.log(JSON.stringify({ file: path, errors, events }));
}
