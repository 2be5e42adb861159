import { $, el, send } from "./dom.js";

const NAME = "tocsin-name";

/** Who acknowledges and silences; the browser remembers it, the console believes it. */
function rememberedName() {
  try {
    return localStorage.getItem(NAME) || "";
  } catch {
    return ""; // storage is forbidden: it is asked for each time
  }
}

function remember(name) {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // it holds for this once
  }
}

/** The one dialog of the page: it asks for what a change needs, and says what went wrong. */
export class Changes {
  #dialog = $("change");
  #form = $("change-form");
  #submit = async () => {};
  onchange = () => {};

  constructor() {
    $("change-cancel").addEventListener("click", () => this.#dialog.close());
    this.#form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fields = Object.fromEntries(new FormData(this.#form));
      remember(fields.author);
      $("change-submit").disabled = true;
      $("change-problem").textContent = "";
      try {
        await this.#submit(fields);
        this.#dialog.close();
        this.onchange();
      } catch (problem) {
        $("change-problem").textContent = problem.message;
      } finally {
        $("change-submit").disabled = false;
      }
    });
  }

  acknowledge(alert) {
    this.#ask("Acknowledge", alert, [
      field("Comment", el("input", { name: "comment", maxlength: 500, placeholder: "what you are doing about it", autocomplete: "off" })),
    ]);
    this.#submit = (fields) => send("POST", `alerts/${alert.fingerprint}/ack`, fields);
  }

  silence(alert) {
    this.#ask("Silence", alert, [
      field(
        "What",
        el(
          "select",
          { name: "what" },
          el("option", { value: "alert", text: "this alert only" }),
          el("option", { value: "rule", text: `every alert of ${alert.rule}` }),
        ),
      ),
      field(
        "For",
        el(
          "select",
          { name: "duration" },
          ...[["30m", "30 minutes"], ["2h", "2 hours"], ["8h", "8 hours"], ["24h", "24 hours"], ["7d", "7 days"]].map(
            ([value, text]) => el("option", { value, text, selected: value === "2h" }),
          ),
        ),
      ),
      field("Reason", el("input", { name: "reason", required: true, maxlength: 500, autocomplete: "off" })),
    ]);
    this.#submit = ({ what, ...fields }) =>
      send("POST", "silences", {
        ...fields,
        match: what === "rule" ? { rule: alert.rule } : { fingerprint: alert.fingerprint },
      });
  }

  async takeBack(alert) {
    await this.#now(() => send("DELETE", `alerts/${alert.fingerprint}/ack`));
  }

  async end(silence) {
    await this.#now(() => send("DELETE", `silences/${encodeURIComponent(silence.id)}`));
  }

  async #now(change) {
    try {
      await change();
    } catch (problem) {
      window.alert(problem.message);
    }
    this.onchange();
  }

  #ask(title, alert, fields) {
    $("change-title").textContent = title;
    $("change-what").textContent = alert.summary;
    $("change-submit").textContent = title;
    $("change-problem").textContent = "";
    $("change-fields").replaceChildren(
      field("Your name", el("input", { name: "author", required: true, maxlength: 100, value: rememberedName(), autocomplete: "name" })),
      ...fields,
    );
    this.#dialog.showModal();
  }
}

function field(name, input) {
  return el("label", {}, name, input);
}
