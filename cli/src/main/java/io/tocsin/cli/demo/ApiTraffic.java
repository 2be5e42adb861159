package io.tocsin.cli.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An HTTP service: about a request a second, an error now and then, and a burst of six to eight
 * errors 10 to 15 s after the start and every two to three minutes from then on.
 */
final class ApiTraffic implements Traffic {

  private static final List<String> REQUESTS =
      List.of(
          "GET /api/status",
          "GET /api/status",
          "GET /api/health",
          "GET /api/station/info",
          "POST /api/maxcurrent",
          "POST /api/charge/start",
          "POST /api/charge/stop");
  private static final List<String> CLIENTS =
      List.of("192.168.1.20", "192.168.1.34", "10.0.0.7", "203.0.113.9");

  private final ServiceLog log;
  private final Chance chance;
  private Duration untilBurst;
  private int burst;

  ApiTraffic(ServiceLog log, Random random) {
    this.log = log;
    this.chance = new Chance(random);
    this.untilBurst = chance.seconds(10, 15);
  }

  @Override
  public Duration speak() {
    if (burst > 0) {
      burst--;
      error();
      return chance.millis(200, 700);
    }
    if (chance.oneIn(50)) {
      error();
    } else {
      request();
    }
    Duration pause = chance.millis(400, 1600);
    untilBurst = untilBurst.minus(pause);
    if (untilBurst.isNegative()) {
      burst = chance.between(6, 8);
      untilBurst = chance.seconds(120, 180);
    }
    return pause;
  }

  private void request() {
    String request = chance.of(REQUESTS);
    int space = request.indexOf(' ');
    boolean refused = request.endsWith("maxcurrent") && chance.oneIn(3);
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("type", "api_request");
    more.put("method", request.substring(0, space));
    more.put("path", request.substring(space + 1));
    more.put("client_ip", chance.of(CLIENTS));
    more.put("status_code", refused ? 400 : 200);
    more.put("response_time_ms", chance.hundredths(2, chance.oneIn(30) ? 180 : 9));
    if (chance.oneIn(2)) {
      more.put("user_id", "user-" + chance.between(1, 20));
    }
    log.line("INFO", request, "middleware", more);
  }

  private void error() {
    Failure failure = chance.of(Failure.OF_API);
    log.line(
        "ERROR",
        "Unhandled exception: " + failure.shown(),
        "routes",
        Map.of("exception", failure.traceback()));
  }
}
