package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Doc;
import java.util.List;

/** Whoever is told in turn of what nobody takes care of; in a file one, or a list of them. */
@Doc("`{ after: 15m, to: RECEIVER }` or a list of them")
public record Escalations(List<Escalation> steps) {

  /** To nobody. */
  static final Escalations NONE = new Escalations(List.of());

  public Escalations {
    steps = List.copyOf(steps);
  }

  /** Reads one or a list of them. */
  public static Escalations fromConfig(ConfigNode node) {
    List<ConfigNode> items = node.isList() ? node.items() : List.of(node);
    return new Escalations(items.stream().map(item -> item.as(Escalation.class)).toList());
  }
}
