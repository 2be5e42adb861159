/* Tells Tocsin of errors on this page:
   <script src="https://HOST/browser.js" data-service="ui" data-key="KEY"></script> */
(function () {
  var me = document.currentScript;
  if (!me || !window.fetch) return;
  var address = new URL("/logs/ingest", me.src).href;
  var left = 20, last = "";
  setInterval(function () { left = 20; last = ""; }, 60000);

  function cut(value, length) {
    try { return String(value).slice(0, length); } catch (e) { return "?"; }
  }

  function send(event, error, message, meta) {
    var stack = error && error.stack;
    var same = event + message + cut(stack, 300);
    if (left <= 0 || same === last) return;
    left--;
    last = same;
    meta.page = cut(location.origin + location.pathname, 500);
    meta.agent = cut(navigator.userAgent, 300);
    if (stack) meta.stack = cut(stack, 4000);
    var headers = { "Content-Type": "application/json" };
    if (me.dataset.key) headers["X-Api-Key"] = me.dataset.key;
    fetch(address, {
      method: "POST", headers: headers, keepalive: true, credentials: "omit",
      body: JSON.stringify({
        ts: new Date().toISOString(), service: me.dataset.service || "browser",
        level: "ERROR", event: event, message: message, meta: meta
      })
    }).catch(function () {});
  }

  window.addEventListener("error", function (e) {
    if (e.message) send("browser_error", e.error, cut(e.message, 2000),
      { file: cut(e.filename, 500), line: e.lineno, column: e.colno });
  });
  window.addEventListener("unhandledrejection", function (e) {
    var why = e.reason;
    send("browser_unhandled_rejection", why, cut(why && why.message || why, 2000), {});
  });
})();
