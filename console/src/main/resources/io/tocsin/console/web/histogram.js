import { $, clock, getJson, shape, span } from "./dom.js";

const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];
const WIDTH = 600;
const HEIGHT = 60;

/** How many events when, coloured by level; a click on a bar asks for its time. */
export class Histogram {
  #asked = 0;
  onpick = () => {};

  async load(parameters) {
    const asked = ++this.#asked;
    try {
      const found = await getJson(`logs/histogram?${parameters}`);
      if (asked === this.#asked) this.#draw(found);
    } catch {
      // the search beside it says what is wrong
      if (asked === this.#asked) $("histogram").hidden = true;
    }
  }

  #draw({ bars, interval, total }) {
    $("histogram").hidden = total === 0;
    if (total === 0) return;
    const most = Math.max(...bars.map((bar) => bar.count));
    const step = bars.length > 1 ? Date.parse(bars[1].ts) - Date.parse(bars[0].ts) : 60000;
    const width = WIDTH / bars.length;
    const peak = bars.find((bar) => bar.count === most);
    const svg = shape("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `${total} events; the most, ${most}, at ${clock(peak.ts)}`,
    });
    bars.forEach((bar, place) => svg.append(...this.#bar(bar, place * width, width, most, step)));
    $("histogram").firstElementChild.replaceChildren(svg);
    $("histogram-caption").textContent = `${total} events · ${span(step)} a bar · at most ${most}`;
    $("histogram-from").textContent = clock(bars[0].ts);
    $("histogram-to").textContent = clock(new Date(Date.parse(bars.at(-1).ts) + step).toISOString());
    $("histogram").dataset.interval = interval;
  }

  #bar(bar, x, width, most, step) {
    if (!bar.count) return [];
    let y = HEIGHT;
    const parts = LEVELS.filter((level) => bar.by[level]).map((level) => {
      const height = Math.max(1, (bar.by[level] / most) * (HEIGHT - 2));
      y -= height;
      return shape("rect", { class: level.toLowerCase(), x: x + width * 0.08, y, width: width * 0.84, height });
    });
    const hit = shape("rect", { class: "hit", x, y: 0, width, height: HEIGHT });
    const counts = LEVELS.filter((level) => bar.by[level]).map((level) => `${bar.by[level]} ${level}`);
    const title = shape("title", {});
    title.textContent = `${clock(bar.ts)}: ${counts.join(", ")}`;
    hit.append(title);
    hit.addEventListener("click", () => this.onpick(bar.ts, new Date(Date.parse(bar.ts) + step).toISOString()));
    return [...parts, hit];
  }
}
