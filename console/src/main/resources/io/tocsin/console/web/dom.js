// Small tools. All text goes through textContent: what a log line holds is never markup.

export const $ = (id) => document.getElementById(id);

/** An element with properties (class, title, data-*, aria-*) and children (nodes or text). */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export async function getJson(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `the console answered ${response.status}`);
  return body;
}

const two = (n) => String(n).padStart(2, "0");

/** Local time of day; with the date when it is another day. */
export function clock(ts) {
  const date = new Date(ts);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const today = new Date().toDateString() === date.toDateString();
  return today ? time : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

/** 42 s, 3 min, 2 h 5 min, 4 d. */
export function span(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} d`;
}

/** A time that says how long ago it was, and goes on saying it. */
export function ago(ts, before = "", after = " ago") {
  const time = el("time", { datetime: ts, title: `${clock(ts)} · ${ts}`, "data-before": before, "data-after": after });
  tell(time);
  return time;
}

function tell(time) {
  const passed = Date.now() - Date.parse(time.dateTime);
  const soon = passed < 1500 && time.dataset.after === " ago";
  time.textContent = soon ? "just now" : time.dataset.before + span(passed) + time.dataset.after;
}

setInterval(() => document.querySelectorAll("time[data-after]").forEach(tell), 1000);

export function level(name) {
  return el("span", { class: `level ${String(name).toLowerCase()}`, text: name });
}

/** Rows of an event table: the event, and what unfolds beneath it. */
export function eventRows(event, fresh) {
  const row = el(
    "tr",
    { class: `event${fresh ? " fresh" : ""}` },
    el("td", { class: "time" }, el("time", { datetime: event.ts, title: event.ts, text: clock(event.ts) })),
    el("td", {}, level(event.level)),
    el("td", { text: event.service }),
    el("td", { class: "key", text: event.event || "" }),
    el("td", { class: "message" }, unfold(event)),
  );
  return row;
}

/** The message; a click shows the whole of it and everything else that the event carries. */
function unfold(event) {
  const all = Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null));
  const summary = el("summary", { text: event.message || "(no message)" });
  const details = el("details", {}, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      details.append(el("pre", { text: JSON.stringify(all, null, 2) }));
    }
  });
  return details;
}
