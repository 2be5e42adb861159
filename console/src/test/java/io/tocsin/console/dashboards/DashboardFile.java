package io.tocsin.console.dashboards;

import io.tocsin.bootstrap.config.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dashboard as deploy/dashboards has it. */
record DashboardFile(
    String id, String title, String description, String since, List<Panel> panels) {

  /** What a panel looks like. */
  enum Type {
    BARS,
    LINES,
    AREAS,
    STEPS,
    NUMBER,
    PIE,
    TABLE,
    LIST
  }

  /** Where it stands, in columns of 48 and rows. */
  record Place(int x, int y, int w, int h) {

    boolean overlaps(Place other) {
      return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
    }
  }

  /** One panel. */
  record Panel(
      String title,
      String index,
      Type type,
      @Nullable String query,
      @Default("[]") List<String> values,
      @Nullable String over,
      @Default("[]") List<String> by,
      @Default("[]") List<String> columns,
      Place at) {

    /** In Dashboards' query language; empty for everything. */
    String dql() {
      return query == null ? "" : query;
    }

    /** From its title, so that a link to it outlives a change of its place. */
    String id(String dashboard) {
      String words = title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      return dashboard + "-" + words.replaceAll("^-|-$", "");
    }
  }
}
