package io.tocsin.topics;

import java.util.List;

/**
 * The difference between definitions and a cluster, and the steps that make it go away.
 *
 * @param definitions what is wanted
 * @param changes steps in the definitions' order; none when nothing is to be done
 * @param warnings differences that no step can mend; they come again with every plan
 */
public record Plan(Definitions definitions, List<Change> changes, List<Warning> warnings) {

  public Plan {
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
  }

  /** Whether nothing is to be done. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * For people, a line for each topic: {@code +} will be created, {@code ~} will be changed, {@code
   * =} is as it should be, {@code !} differs and will stay so; and a line that counts them.
   */
  public String text() {
    return new PlanText(this).toString();
  }
}
