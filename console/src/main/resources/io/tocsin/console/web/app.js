import { Alerts } from "./alerts.js";
import { Changes } from "./changes.js";
import { Devices } from "./devices.js";
import { $, getJson } from "./dom.js";
import { Errors } from "./errors.js";
import { Health } from "./health.js";
import { Search } from "./search.js";
import { Silences } from "./silences.js";

const search = new Search();
const changes = new Changes();
const alerts = new Alerts(search, changes);
const silences = new Silences(changes);
const health = new Health(search);
const errors = new Errors();
const devices = new Devices();

alerts.onchange = (firing) => {
  document.title = firing.length ? `(${firing.length}) Tocsin` : "Tocsin";
  $("bell").classList.toggle("ringing", firing.length > 0);
  verdict();
};
health.onchange = verdict;

/** The page in one sentence. */
function verdict() {
  const firing = alerts.firing();
  const ill = health.services().filter((service) => service.status !== "ok");
  const worst = ill.length ? ill[0].status : firing.length ? "degraded" : health.services().length ? "ok" : "unknown";
  $("verdict").className = `verdict ${worst}`;
  $("verdict-title").textContent = firing.length
    ? `${firing.length === 1 ? "One alert is" : `${firing.length} alerts are`} firing`
    : ill.length
      ? `${ill.length === 1 ? "One service is" : `${ill.length} services are`} not well`
      : health.services().length
        ? "All is well"
        : "Nothing heard yet";
  $("verdict-text").textContent = ill.length
    ? ill.map((service) => `${service.service} ${service.status}`).join(" · ")
    : health.services().length
      ? `${health.services().length} services, none of them with a complaint.`
      : "As soon as a service speaks, it appears here.";
}

let retry;
let soon;

/** Who is silenced and who takes care is worked out by the console; changes come in bursts. */
function refreshSoon() {
  clearTimeout(soon);
  soon = setTimeout(async () => {
    silences.load();
    try {
      alerts.replace((await getJson("alerts?limit=500")).alerts);
    } catch {
      // the stream's next word or the next snapshot will do
    }
  }, 250);
}

changes.onchange = refreshSoon;

/** What is now; the stream then brings what changes. Tried again while the console is starting. */
async function snapshot() {
  clearTimeout(retry);
  errors.load();
  devices.load();
  silences.load();
  try {
    const [current, checks] = await Promise.all([getJson("alerts?limit=500"), getJson("system/checks/latest")]);
    alerts.replace(current.alerts);
    health.replace(checks);
  } catch (problem) {
    $("verdict-title").textContent = "Not ready yet";
    $("verdict-text").textContent = problem.message;
    retry = setTimeout(snapshot, 2000);
  }
}

function connection(state, text) {
  $("connection").className = `connection ${state}`;
  $("connection").querySelector(".text").textContent = text;
}

function listen() {
  const stream = new EventSource("stream");
  const on = (type, take) => stream.addEventListener(type, (event) => take(JSON.parse(event.data)));
  stream.addEventListener("open", () => {
    connection("live", "live");
    snapshot();
  });
  stream.addEventListener("error", () => {
    connection("away", "reconnecting …");
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
  on("alert", (alert) => {
    alerts.apply(alert);
    refreshSoon();
  });
  on("silences", refreshSoon);
  on("health", (service) => health.apply(service));
  on("log", (event) => errors.apply(event));
  on("telemetry", (measured) => devices.apply(measured));
  on("dropped", () => snapshot());
  on("stats", (stats) => {
    $("rate-logs").textContent = stats.logsPerSecond;
    $("rate-errors").textContent = stats.errorsPerSecond;
    $("rate-telemetry").textContent = stats.telemetryPerSecond;
  });
}

/** The platform's own readiness has no stream. */
setInterval(async () => {
  if (document.hidden) return;
  try {
    health.replace(await getJson("system/checks/latest"));
  } catch {
    // the connection's state says it already
  }
}, 10000);

snapshot(); // also where a proxy lets no stream through
listen();
search.start();
