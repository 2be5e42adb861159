import { $, ago, el, span } from "./dom.js";

const SEVERITIES = ["high", "medium", "low"];
const RESOLVED_SHOWN = 6;

/** The alerts of now: those that fire as cards, those that resolved lately as a list. */
export class Alerts {
  #alerts = new Map();
  #search;
  #changes;
  #wanted = new URLSearchParams(location.search).get("alert");
  #shown = false;
  onchange = () => {};

  /** A message's link names the alert it is about: that one is marked, and scrolled to once. */
  constructor(search, changes) {
    this.#search = search;
    this.#changes = changes;
  }

  replace(alerts) {
    this.#alerts = new Map(alerts.map((alert) => [alert.fingerprint, alert]));
    this.#render();
  }

  /** The stream does not say who was silenced or takes care: what was known of the episode stays. */
  apply(alert) {
    const before = this.#alerts.get(alert.fingerprint);
    const known = before?.episode === alert.episode && alert.status === "firing" ? before : {};
    const { silencedBy, acknowledgedBy } = known;
    this.#alerts.set(alert.fingerprint, { silencedBy, acknowledgedBy, ...alert });
    this.#render();
  }

  firing() {
    return [...this.#alerts.values()]
      .filter((alert) => alert.status === "firing")
      .sort(
        (a, b) =>
          SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || Date.parse(b.at) - Date.parse(a.at),
      );
  }

  #render() {
    const firing = this.firing();
    const resolved = [...this.#alerts.values()]
      .filter((alert) => alert.status === "resolved")
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
      .filter((alert, place) => place < RESOLVED_SHOWN || alert.fingerprint === this.#wanted);
    $("firing-count").textContent = firing.length;
    $("firing").replaceChildren(
      ...(firing.length ? firing.map((alert) => this.#card(alert)) : [el("p", { class: "empty", text: "Nothing rings." })]),
    );
    $("resolved").replaceChildren(
      ...(resolved.length ? resolved.map((alert) => this.#line(alert)) : [el("li", { class: "empty", text: "None yet." })]),
    );
    this.onchange(firing);
    this.#showWanted();
  }

  #showWanted() {
    const found = document.querySelector(".wanted");
    if (!found || this.#shown) return;
    this.#shown = true;
    found.scrollIntoView({ block: "center" });
  }

  #mark(alert) {
    return alert.fingerprint === this.#wanted ? " wanted" : "";
  }

  #card(alert) {
    return el(
      "article",
      { class: `alert ${alert.severity}${this.#mark(alert)}${alert.silencedBy?.length ? " silenced" : ""}` },
      el(
        "header",
        {},
        el("span", { class: `severity ${alert.severity}`, text: alert.severity }),
        el("strong", { text: alert.rule }),
        ago(alert.startsAt, "for ", ""),
      ),
      el("p", { class: "summary", text: alert.summary }),
      el("p", { class: "why", text: why(alert) }),
      silenced(alert),
      taken(alert),
      el("footer", {}, ...groupChips(alert), runbook(alert)),
      el("footer", { class: "actions" }, this.#ackButton(alert), this.#silenceButton(alert), this.#eventsButton(alert)),
    );
  }

  #ackButton(alert) {
    return alert.acknowledgedBy
      ? el("button", { class: "quiet", type: "button", text: "Take back", "aria-label": `Take back the acknowledgement of ${alert.rule}`, onclick: () => this.#changes.takeBack(alert) })
      : el("button", { class: "quiet", type: "button", text: "Acknowledge", "aria-label": `Acknowledge ${alert.rule}`, onclick: () => this.#changes.acknowledge(alert) });
  }

  #silenceButton(alert) {
    return el("button", { class: "quiet", type: "button", text: "Silence", "aria-label": `Silence ${alert.rule}`, onclick: () => this.#changes.silence(alert) });
  }

  #line(alert) {
    const lasted = alert.endsAt ? Date.parse(alert.endsAt) - Date.parse(alert.startsAt) : 0;
    return el(
      "li",
      { class: this.#mark(alert).trim() || null },
      el("span", { class: "tick", "aria-hidden": "true", text: "✓" }),
      el("strong", { text: alert.rule }),
      el("span", { class: "summary", text: groupText(alert) || alert.summary }),
      el("span", { class: "lasted", text: `lasted ${span(lasted)}` }),
      ago(alert.at),
    );
  }

  #eventsButton(alert) {
    const group = alert.group || {};
    return el("button", {
      class: "link",
      type: "button",
      text: "Show its events",
      onclick: () =>
        this.#search.show({
          service: group.service,
          event: group.event,
          host: group.host,
          device: group.device,
          since: reaching(alert.startsAt),
        }),
    });
  }
}

function silenced(alert) {
  return alert.silencedBy?.length
    ? el("p", { class: "note", text: `Silenced by ${alert.silencedBy.join(", ")}: nobody is told.` })
    : null;
}

function taken(alert) {
  const ack = alert.acknowledgedBy;
  return ack
    ? el("p", { class: "note" }, `${ack.author} takes care of it`, ack.comment ? `: ${ack.comment}` : "", " · ", ago(ack.createdAt))
    : null;
}

function why(alert) {
  const parts = [];
  if (alert.value !== undefined && alert.value !== null) parts.push(`value ${alert.value}`);
  if (alert.threshold !== undefined && alert.threshold !== null) parts.push(`threshold ${alert.threshold}`);
  if (alert.window) parts.push(`within ${alert.window}`);
  return parts.join(" · ");
}

function groupText(alert) {
  return Object.entries(alert.group || {})
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

function groupChips(alert) {
  return Object.entries({ ...alert.group, ...alert.labels }).map(([name, value]) =>
    el("span", { class: "chip" }, el("b", { text: name }), ` ${value}`),
  );
}

/** Only an address of the web becomes a link; a path in the repository stays text. */
function runbook(alert) {
  const where = alert.annotations?.runbook;
  if (!where) return null;
  return /^https?:\/\//.test(where)
    ? el("a", { href: where, target: "_blank", rel: "noopener noreferrer", text: "Runbook" })
    : el("span", { class: "runbook", title: "runbook", text: where });
}

/** The shortest of the offered spans that reaches back before the alert. */
function reaching(startsAt) {
  const minutes = (Date.now() - Date.parse(startsAt)) / 60000 + 2;
  const spans = [["15m", 15], ["1h", 60], ["6h", 360], ["24h", 1440], ["7d", 10080], ["30d", 43200]];
  return (spans.find(([, length]) => minutes <= length) || ["3650d"])[0];
}
