package io.tocsin.cli.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The web page's own reports: pages seen, and a user who meets several errors now and then. */
final class UiTraffic implements Traffic {

  private static final List<String> PAGES = List.of("/", "/charge", "/history", "/settings");

  private final ServiceLog log;
  private final Chance chance;
  private int unlucky;
  private String unluckyUser = "";

  UiTraffic(ServiceLog log, Random random) {
    this.log = log;
    this.chance = new Chance(random);
  }

  @Override
  public Duration speak() {
    if (unlucky == 0 && chance.oneIn(30)) {
      unlucky = chance.between(1, 5);
      unluckyUser = user();
    }
    if (unlucky > 0) {
      unlucky--;
      log.line(
          "ERROR",
          "TypeError: Cannot read properties of undefined (reading 'state')",
          "app",
          event("ui_error", unluckyUser));
      return chance.seconds(1, 3);
    }
    log.line("INFO", "page view", "app", event("page_view", user()));
    return chance.seconds(2, 6);
  }

  private String user() {
    return "user-" + chance.between(1, 20);
  }

  private Map<String, Object> event(String type, String user) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type);
    event.put("user_id", user);
    event.put("page", chance.of(PAGES));
    event.put("load_ms", chance.between(80, 900));
    return event;
  }
}
