import { $, clock, el, eventRows, getJson } from "./dom.js";
import { Histogram } from "./histogram.js";

const FORM = ["q", "service", "since"];
const FURTHER = ["event", "host", "device", "source", "id", "trace-id"];
const PAGE = 30;
const FOLLOW_MILLIS = 3000;

/** The search box over /logs/recent. What is asked for stands in the address, to be passed on. */
export class Search {
  #form = $("search");
  #further = {};
  #between = null;
  #histogram = new Histogram();
  #next = null;
  #asked = 0;

  constructor() {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run();
    });
    this.#form.addEventListener("change", (event) => {
      if (event.target.name === "since") this.#between = null;
      if (event.target.name !== "q") this.#run();
    });
    this.#histogram.onpick = (since, until) => {
      this.#between = { since, until };
      this.#run();
    };
    $("older").addEventListener("click", () => this.#older());
    window.addEventListener("hashchange", () => this.#fromAddress());
    setInterval(() => {
      if (this.#form.elements.follow.checked && !document.hidden) this.#run(true);
    }, FOLLOW_MILLIS);
  }

  start() {
    this.#fromAddress();
  }

  /** Asks for something else, from elsewhere on the page. */
  show(filters) {
    this.#fill({ since: "15m", ...filters });
    this.#run();
    $("search-title").scrollIntoView({ behavior: "smooth", block: "start" });
  }

  #fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    this.#fill(Object.fromEntries(asked));
    this.#run();
  }

  #fill(filters) {
    const { elements } = this.#form;
    elements.q.value = filters.q || "";
    elements.service.value = filters.service || "";
    elements.since.value = filters.since || "15m";
    if (!elements.since.value) elements.since.value = "15m";
    this.#between = filters.until ? { since: filters.since, until: filters.until } : null;
    const level = ["min-level", "level"].filter((name) => filters[name]).map((name) => `${name}=${filters[name]}`)[0];
    elements.level.value = level || "";
    this.#further = Object.fromEntries(FURTHER.filter((name) => filters[name]).map((name) => [name, String(filters[name])]));
  }

  #parameters() {
    const { elements } = this.#form;
    const parameters = new URLSearchParams();
    FORM.forEach((name) => elements[name].value.trim() && parameters.set(name, elements[name].value.trim()));
    if (elements.level.value) parameters.set(...elements.level.value.split("="));
    Object.entries({ ...this.#further, ...this.#between }).forEach(([name, value]) => parameters.set(name, value));
    return parameters;
  }

  async #run(quietly = false) {
    const parameters = this.#parameters();
    history.replaceState(null, "", `#${parameters}`);
    $("export").href = `logs/export?${parameters}`;
    this.#chips();
    this.#histogram.load(parameters.toString());
    this.#loadTops(parameters.toString());
    parameters.set("limit", PAGE);
    const asked = ++this.#asked;
    if (!quietly) $("search-state").textContent = "Searching …";
    try {
      const found = await getJson(`logs/recent?${parameters}`);
      if (asked !== this.#asked) return;
      $("results").tBodies[0].replaceChildren(...found.events.map((event) => eventRows(event)));
      this.#found(found);
    } catch (problem) {
      if (asked === this.#asked) this.#failed(problem);
    }
  }

  /** Which events make most of what was found; a click asks for one of them. */
  async #loadTops(parameters) {
    try {
      const { counts } = await getJson(`logs/counts?${parameters}&by=event&limit=8`);
      const named = this.#further.event ? [] : counts.filter((one) => one.value);
      $("tops").replaceChildren(
        ...named.map((one) =>
          el(
            "li",
            {},
            el("button", { class: "chip", type: "button", title: `Show only ${one.value}`, onclick: () => this.#narrow(one.value) }, el("b", { text: one.count }), ` ${one.value}`),
          ),
        ),
      );
    } catch {
      $("tops").replaceChildren(); // the search beside it says what is wrong
    }
  }

  #narrow(event) {
    this.#further.event = event;
    this.#run();
  }

  async #older() {
    const parameters = this.#parameters();
    parameters.set("limit", PAGE);
    parameters.set("after", this.#next);
    this.#form.elements.follow.checked = false;
    const asked = ++this.#asked;
    try {
      const found = await getJson(`logs/recent?${parameters}`);
      if (asked !== this.#asked) return;
      $("results").tBodies[0].append(...found.events.map((event) => eventRows(event)));
      this.#found(found);
    } catch (problem) {
      if (asked === this.#asked) this.#failed(problem);
    }
  }

  #found(page) {
    this.#next = page.next;
    $("older").hidden = !page.next;
    const shown = $("results").tBodies[0].rows.length;
    $("search-state").textContent =
      shown === 0 ? "Nothing found. A longer time or fewer filters may help." : page.next ? `The newest ${shown}; there are more.` : `${shown} found.`;
  }

  #failed(problem) {
    $("older").hidden = true;
    $("results").tBodies[0].replaceChildren();
    $("search-state").textContent = problem.message;
  }

  #chips() {
    const chips = Object.entries(this.#further).map(([name, value]) => chip(name, value, () => delete this.#further[name]));
    if (this.#between) {
      const { since, until } = this.#between;
      chips.push(chip("time", `${clock(since)} to ${clock(until)}`, () => (this.#between = null)));
    }
    $("chips").replaceChildren(
      ...chips.map(({ name, value, remove }) =>
        el(
          "li",
          { class: "chip" },
          el("b", { text: name }),
          ` ${value} `,
          el("button", {
            class: "link",
            type: "button",
            "aria-label": `without ${name} ${value}`,
            text: "✕",
            onclick: () => {
              remove();
              this.#run();
            },
          }),
        ),
      ),
    );
  }
}

function chip(name, value, remove) {
  return { name, value, remove };
}
