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

/** Changes something; 204 answers nothing. */
export async function send(method, path, json) {
  const response = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
  const body = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `the console answered ${response.status}`);
  return body;
}

/** An element of a drawing; colours come from classes, as nothing may be styled inline. */
export function shape(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
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
      details.append(el("pre", { text: JSON.stringify(all, null, 2) }), around(event));
    }
  });
  return details;
}

/** A button that becomes the lines around this one. */
function around(event) {
  const place = el("div", { class: "around" });
  const button = el("button", { class: "link", type: "button", text: "Show the lines around it" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const found = await getJson(`logs/context?before=10&after=10&id=${encodeURIComponent(event.id)}`);
      place.replaceChildren(contextList(found));
    } catch (problem) {
      button.disabled = false;
      place.replaceChildren(button, el("span", { class: "empty", text: ` ${problem.message}` }));
    }
  });
  place.append(button);
  return place;
}

function contextList({ before, event, after, order }) {
  const line = (one, own) =>
    el(
      "li",
      own ? { class: "own", "aria-current": "true" } : {},
      el("time", { datetime: one.ts, title: one.ts, text: clock(one.ts) }),
      level(one.level),
      el("span", { class: "text", text: one.message || one.event || "(no message)" }),
    );
  return el(
    "figure",
    { class: "context" },
    el("figcaption", { text: order === "source" ? `Around it in ${event.source || "its source"}` : `Around it in ${event.service}, by time` }),
    el("ol", {}, ...before.map((one) => line(one)), line(event, true), ...after.map((one) => line(one))),
  );
}
