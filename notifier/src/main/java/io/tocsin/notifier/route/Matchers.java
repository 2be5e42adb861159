package io.tocsin.notifier.route;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.event.Alert.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an alert must be for a route to take it; all that are given must hold, none given takes
 * everything.
 */
public record Matchers(
    @Doc("high, medium or low, or several of them") @Nullable AnyOf severity,
    @Doc("the service the alert is about; * stands for anything") @Nullable AnyOf service,
    @Doc("the rule's name; * stands for anything") @Nullable AnyOf rule,
    @Default("{}") @Doc("labels of the rule and fields of the group") Map<String, AnyOf> labels,
    @Doc("only within these hours") @Nullable Hours hours) {

  /** Takes everything. */
  public static final Matchers ALL = new Matchers(null, null, null, Map.of(), null);

  /** The first matcher that does not hold, for people; empty when all do. */
  Optional<String> refuses(Subject subject) {
    List<String> refusals = new ArrayList<>();
    Severity is = subject.severity();
    check(refusals, "severity", severity, is == null ? null : is.name().toLowerCase(Locale.ROOT));
    check(refusals, "service", service, subject.service());
    check(refusals, "rule", rule, subject.rule());
    labels.forEach((label, wanted) -> check(refusals, label, wanted, subject.labels().get(label)));
    if (hours != null && !hours.contain(subject.at())) {
      refusals.add("outside of " + hours);
    }
    return refusals.stream().findFirst();
  }

  private static void check(
      List<String> refusals, String what, @Nullable AnyOf wanted, @Nullable String value) {
    if (wanted != null && (value == null || !wanted.matches(value))) {
      refusals.add(what + " is " + (value == null ? "absent" : value) + ", not " + wanted);
    }
  }
}
