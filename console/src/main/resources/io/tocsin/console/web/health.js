import { $, ago, el } from "./dom.js";

const MARKS = { ok: "✓", degraded: "!", failed: "✕", unknown: "?" };
const WORDS = { ok: "ok", degraded: "degraded", failed: "failed", unknown: "unknown" };
const WORST_FIRST = ["failed", "unknown", "degraded", "ok"];

/** A card for each service, the worst first, and a row for the platform's own parts. */
export class Health {
  #services = new Map();
  #search;
  onchange = () => {};

  constructor(search) {
    this.#search = search;
  }

  replace(checks) {
    this.#services = new Map(checks.services.map((health) => [health.service, health]));
    this.#renderPlatform(checks.platform);
    this.#render();
  }

  apply(health) {
    this.#services.set(health.service, health);
    this.#render();
  }

  services() {
    return [...this.#services.values()].sort(
      (a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status) || a.service.localeCompare(b.service),
    );
  }

  #render() {
    const services = this.services();
    $("health").replaceChildren(
      ...(services.length
        ? services.map((health) => this.#card(health))
        : [el("p", { class: "empty", text: "No service has been heard of yet." })]),
    );
    $("services").replaceChildren(...services.map((health) => el("option", { value: health.service })));
    this.onchange(services);
  }

  #card(health) {
    const reasons = (health.reasons || []).slice(0, 3);
    return el(
      "button",
      {
        class: `card ${health.status}`,
        type: "button",
        title: `Show the events of ${health.service}`,
        onclick: () => this.#search.show({ service: health.service }),
      },
      el("span", { class: "mark", "aria-hidden": "true", text: MARKS[health.status] }),
      el("span", { class: "title", text: health.service }),
      el("span", { class: "status" }, WORDS[health.status], " ", ago(health.since, "for ", "")),
      ...reasons.map((reason) => el("span", { class: "reason", text: reason })),
    );
  }

  #renderPlatform(parts) {
    $("platform").replaceChildren(
      ...parts.map((part) =>
        el(
          "li",
          { class: part.ready ? "ok" : "failed", title: part.detail },
          el("span", { "aria-hidden": "true", text: part.ready ? "✓ " : "✕ " }),
          part.ready ? part.name : `${part.name}: ${part.detail}`,
        ),
      ),
    );
  }
}
