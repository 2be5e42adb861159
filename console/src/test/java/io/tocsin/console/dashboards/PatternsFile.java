package io.tocsin.console.dashboards;

import io.tocsin.bootstrap.config.Default;
import java.util.List;

/** deploy/dashboards/index-patterns.yaml. */
record PatternsFile(List<Pattern> indexPatterns) {

  /** What Dashboards may look into. */
  record Pattern(String id, String title, String time, @Default("[]") List<Computed> computed) {}

  /** A number that Dashboards computes out of fields. */
  record Computed(String name, String script, List<String> needs) {}
}
