import { $, ago, el, getJson, shape } from "./dom.js";

const POINTS = 60;

/** What the charge controller's firmware means by its numbers. */
const STATES = ["Hard fault ended", "Idle", "Cable detected", "Vehicle connected", "Ready", "Charging", "Paused", "Stopped", "Hard fault"];
const STATION = [["MAX", "current limit", "A"], ["CABLE", "cable", "A"], ["CPV", "pilot", ""], ["PPV", "proximity", ""], ["PWM", "duty cycle", ""], ["AUTH", "authorised", "?"], ["LOCK", "locked", "?"], ["RL", "relay", "?"]];
const DRAWN = ["CPV", "cpu_percent", "response_ms", "response_time_ms", "memory_percent"];

/** A card for each device with its latest measurement and a line of those before. */
export class Devices {
  #devices = new Map();
  #drawing = false;

  async load() {
    try {
      const found = await getJson("telemetry/recent?since=1h&limit=500");
      found.telemetry.reverse().forEach((measured) => this.#take(measured));
      this.#draw();
    } catch (problem) {
      if (!this.#devices.size) $("devices").replaceChildren(el("p", { class: "empty", text: problem.message }));
    }
  }

  apply(measured) {
    this.#take(measured);
    this.#draw();
  }

  #take(measured) {
    const key = `${measured.device} ${measured.kind}`;
    const history = this.#devices.get(key) || [];
    if (history.some((one) => one.ts === measured.ts && one.id === measured.id)) return;
    history.push(measured);
    history.sort((a, b) => Date.parse(a.ts) - Date.parse(b.ts));
    this.#devices.set(key, history.slice(-POINTS));
  }

  #draw() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      const rank = (history) => ["stat", "probe", "host"].indexOf(history[0].kind);
      const cards = [...this.#devices.values()]
        .sort((a, b) => rank(a) - rank(b) || a[0].device.localeCompare(b[0].device))
        .map(card);
      $("devices").replaceChildren(
        ...(cards.length ? cards : [el("p", { class: "empty", text: "No measurement within an hour." })]),
      );
    });
  }
}

function card(history) {
  const latest = history.at(-1);
  const station = "STATE" in latest.values && "CPV" in latest.values;
  return el(
    "article",
    { class: "device" },
    el("header", {}, el("strong", { text: latest.device }), el("span", { class: "kind", text: station ? "charging station" : latest.kind }), ago(latest.ts)),
    station ? stationState(latest.values) : null,
    curve(history),
    el("dl", { class: "values" }, ...(station ? stationValues(latest.values) : values(latest.values))),
  );
}

function stationState(values) {
  const state = Number(values.STATE);
  const mood = state === 8 || state === 0 ? "failed" : state === 5 ? "charging" : "calm";
  return el("p", { class: `station ${mood}` }, el("span", { class: "pulse", "aria-hidden": "true" }), STATES[state] || `State ${values.STATE}`);
}

function stationValues(values) {
  return STATION.filter(([key]) => key in values).map(([key, name, unit]) =>
    pair(name, unit === "?" ? (Number(values[key]) ? "yes" : "no") : `${values[key]}${unit && ` ${unit}`}`),
  );
}

function values(all) {
  return Object.entries(all).slice(0, 8).map(([name, value]) => pair(name.replaceAll("_", " "), round(value)));
}

function pair(name, value) {
  return el("div", {}, el("dt", { text: name }), el("dd", { text: String(value) }));
}

function round(value) {
  return typeof value === "number" && !Number.isInteger(value) ? Math.round(value * 100) / 100 : value;
}

/** A line of the value that says most; nothing when there is none or too little of it. */
function curve(history) {
  const key = DRAWN.find((name) => history.filter((one) => typeof one.values[name] === "number").length > 2);
  if (!key) return null;
  const points = history.map((one) => one.values[key]).filter((value) => typeof value === "number");
  const least = Math.min(...points);
  const most = Math.max(...points);
  const at = (value, i) => [(i / (points.length - 1)) * 300, 37 - ((value - least) / (most - least || 1)) * 34];
  const path = points.map((value, i) => `${i ? "L" : "M"}${at(value, i).map((n) => n.toFixed(1)).join(" ")}`).join("");
  const svg = shape("svg", { viewBox: "0 0 300 40", preserveAspectRatio: "none", class: "curve", "aria-hidden": "true" });
  svg.append(shape("path", { class: "area", d: `${path}L300 40L0 40Z` }), shape("path", { class: "line", d: path }));
  const name = STATION.find(([known]) => known === key)?.[1] || key.replaceAll("_", " ");
  const caption = `${name}, ${points.length} measurements: ${round(least)} to ${round(most)}`;
  return el("figure", { class: "trend" }, svg, el("figcaption", { text: caption }));
}
