import { $, clock, el, getJson } from "./dom.js";

/** The silences in force and to come. */
export class Silences {
  #changes;

  constructor(changes) {
    this.#changes = changes;
  }

  async load() {
    try {
      const { silences } = await getJson("silences");
      $("silences").replaceChildren(
        ...(silences.length ? silences.map((one) => this.#line(one)) : [el("li", { class: "empty", text: "Nothing is silenced." })]),
      );
    } catch (problem) {
      $("silences").replaceChildren(el("li", { class: "empty", text: problem.message }));
    }
  }

  #line(silence) {
    return el(
      "li",
      { id: `silence-${silence.id}` },
      el("span", { class: `state-${silence.state}`, text: silence.state }),
      el("strong", { text: matchText(silence.match) }),
      el("span", { class: "summary", text: `${silence.reason} (${silence.author})` }),
      el("span", { class: "lasted", text: when(silence) }),
      el("button", {
        class: "link",
        type: "button",
        text: "End",
        "aria-label": `End the silence of ${matchText(silence.match)}`,
        onclick: () => this.#changes.end(silence),
      }),
    );
  }
}

function matchText(match) {
  return Object.entries(match)
    .map(([name, values]) => `${name} ${name === "fingerprint" ? values.map((one) => one.slice(0, 8)).join(" or ") : values.join(" or ")}`)
    .join(", ");
}

function when(silence) {
  const end = silence.expiresAt ? `until ${clock(silence.expiresAt)}` : "";
  if (silence.schedule) return [silence.schedule, end].filter(Boolean).join(", ");
  return silence.state === "waiting" ? `from ${clock(silence.startsAt)} ${end}` : end;
}
