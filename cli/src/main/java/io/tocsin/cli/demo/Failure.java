package io.tocsin.cli.demo;

import java.util.List;

/**
 * A Python exception with its way through the program.
 *
 * @param calls {@code file:line:function:statement}, the outermost first
 */
record Failure(String type, String text, List<String> calls) {

  static final List<Failure> OF_API =
      List.of(
          new Failure(
              "KeyError",
              "'STATE'",
              List.of(
                  "middleware.py:41:dispatch:response = await call_next(request)",
                  "routes.py:88:station_status:state = last_frame[\"STATE\"]")),
          new Failure(
              "TimeoutError",
              "no answer from /dev/ttyUSB0 within 2.0 s",
              List.of(
                  "routes.py:132:start_charge:ack = station.send(AUTH, timeout=2.0)",
                  "station.py:57:send:raise TimeoutError(f\"no answer from {port}\")")),
          new Failure(
              "ConnectionError",
              "Error 111 connecting to localhost:6379. Connection refused.",
              List.of(
                  "routes.py:61:session:user = cache.get(token)",
                  "cache.py:24:get:return self.client.get(key)")));

  static final Failure OF_WORKER =
      new Failure(
          "ValueError",
          "beklenmeyen şarj profili: None",
          List.of(
              "worker.py:73:run_cycle:plan = behavior_engine.plan(session)",
              "behavior_engine.py:119:plan:raise ValueError(f\"beklenmeyen şarj profili: {p}\")"));

  String shown() {
    return type + "(" + text + ")";
  }

  String traceback() {
    StringBuilder lines = new StringBuilder("Traceback (most recent call last):\n");
    for (String call : calls) {
      String[] parts = call.split(":", 4);
      lines
          .append(
              "  File \"/home/charger/%s\", line %s, in %s\n"
                  .formatted(parts[0], parts[1], parts[2]))
          .append("    ")
          .append(parts[3])
          .append('\n');
    }
    return lines.append(type).append(": ").append(text).toString();
  }
}
