package io.tocsin.cli.notifier;

import io.tocsin.bootstrap.config.Durations;
import io.tocsin.event.Alert.Severity;
import io.tocsin.notifier.route.Lead;
import io.tocsin.notifier.route.Routes;
import io.tocsin.notifier.route.Subject;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin notifier routes test}. */
@Command(
    name = "test",
    description = {
      "Shows who would be told of an alert and why: each route that is looked at, in order, with"
          + " its line and what it decides, who is told at once, and what is told later, again or"
          + " together with others. Sends nothing, and reads no secrets.",
      "Exit status 1 when --expect names others than would be told."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tocsin notifier routes test --config notifier.yaml \\",
      "      --labels service=api,severity=high",
      "  tocsin notifier routes test --config notifier.yaml \\",
      "      --labels service=ui,severity=low \\",
      "      --at 2026-01-17T10:00:00Z --expect ops-slack"
    })
final class TestRoutes implements Callable<Integer> {

  @Mixin private NotifierOption option = new NotifierOption();

  @Option(
      names = "--labels",
      paramLabel = "NAME=VALUE",
      split = ",",
      required = true,
      description =
          "the alert: severity, service, rule, labels of the rule and fields of the group; what is"
              + " left out is absent")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(names = "--at", paramLabel = "TIME", description = "when, RFC 3339; now if left out")
  private @Nullable Instant at;

  @Option(
      names = "--expect",
      paramLabel = "RECEIVER",
      split = ",",
      description = "who has to be told at once, in any order")
  private @Nullable Set<String> expected;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    NotifierFile file = option.read();
    Subject subject =
        subject(at == null ? Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS) : at);
    Routes.Answer answer = new Routes(file.routes()).ask(subject);
    PrintWriter out = spec.commandLine().getOut();
    out.println("at " + subject.at());
    print(out, file, answer.steps());
    out.println("told: " + String.join(", ", answer.receivers()));
    answer.leads().forEach((receiver, lead) -> after(out, receiver, lead));
    if (expected != null && !new LinkedHashSet<>(expected).equals(answer.receivers())) {
      spec.commandLine().getErr().println("expected: " + String.join(", ", expected));
      return 1;
    }
    return 0;
  }

  /** What a receiver is told beyond the firing and its resolve, or instead of at once. */
  private static void after(PrintWriter out, String receiver, Lead lead) {
    List<String> words = new ArrayList<>();
    if (lead.escalates()) {
      words.add("after " + Durations.format(lead.after()) + " while nobody acknowledges it");
    }
    if (!lead.repeat().isZero()) {
      words.add("again every " + Durations.format(lead.repeat()) + " while nobody acknowledges it");
    }
    Lead.Group group = lead.group();
    if (group != null) {
      words.add(
          "together with others of "
              + group.values()
              + ", if people read it: the first after "
              + Durations.format(group.delay())
              + ", then every "
              + Durations.format(group.interval()));
    }
    if (!words.isEmpty()) {
      out.println("  " + receiver + ": " + String.join("; ", words));
    }
  }

  private static void print(PrintWriter out, NotifierFile file, List<Routes.Step> steps) {
    List<String> places = steps.stream().map(step -> file.place(step.route())).toList();
    int width = places.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < steps.size(); i++) {
      out.println(
          String.format(Locale.ROOT, "  %-" + width + "s  %s", places.get(i), steps.get(i)));
    }
  }

  private Subject subject(Instant when) {
    Map<String, String> others = new LinkedHashMap<>(labels);
    String severity = others.remove("severity");
    String rule = others.remove("rule");
    return new Subject(
        severity == null ? null : severity(severity), others.get("service"), rule, others, when);
  }

  private Severity severity(String word) {
    return Stream.of(Severity.values())
        .filter(severity -> severity.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "severity must be high, medium or low, not " + word));
  }
}
