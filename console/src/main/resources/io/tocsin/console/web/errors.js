import { $, el, eventRows, getJson } from "./dom.js";

const SHOWN = 12;

/** The newest ERROR and CRITICAL events: what the index has, then what the stream brings. */
export class Errors {
  #events = new Map();
  #drawing = false;

  async load() {
    try {
      const found = await getJson(`logs/recent?min-level=ERROR&since=24h&limit=${SHOWN}`);
      found.events.forEach((event) => this.#events.set(event.id, event));
      this.#draw();
    } catch (problem) {
      if (!this.#events.size) this.#say(problem.message);
    }
  }

  apply(event) {
    if (this.#events.has(event.id)) return;
    this.#events.set(event.id, { ...event, fresh: true });
    this.#draw();
  }

  /** A burst of errors is one drawing. */
  #draw() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      const newest = [...this.#events.values()].sort((a, b) => Date.parse(b.ts) - Date.parse(a.ts)).slice(0, SHOWN);
      this.#events = new Map(newest.map((event) => [event.id, { ...event, fresh: false }]));
      if (!newest.length) return this.#say("No errors within a day.");
      $("errors").tBodies[0].replaceChildren(
        ...newest.map(({ fresh, ...event }) => eventRows(event, fresh)),
      );
    });
  }

  #say(text) {
    $("errors").tBodies[0].replaceChildren(el("tr", {}, el("td", { colspan: 5, class: "empty", text })));
  }
}
