package io.tocsin.notifier.terminal;

import io.tocsin.event.Alert;
import io.tocsin.notifier.message.AlertText;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Outcome;
import io.tocsin.notifier.pipeline.Pace;
import io.tocsin.notifier.pipeline.Receiver;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tells whoever watches: one line a notification, whatever the alert's text holds. */
public final class TerminalReceiver implements Receiver {

  private static final int LONGEST_LINE = 500;

  /** Line ends and whatever else moves a terminal's cursor, colours it or turns text around. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

  private final String name;
  private final Consumer<String> lines;

  /**
   * Writes to {@code lines}.
   *
   * @param lines takes one line a call, without its end
   */
  public TerminalReceiver(String name, Consumer<String> lines) {
    this.name = name;
    this.lines = lines;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Pace pace() {
    return Pace.FREE;
  }

  @Override
  public Outcome deliver(Notification notification) {
    lines.accept(line(notification));
    return Outcome.delivered();
  }

  static String line(Notification notification) {
    Alert alert = notification.alert();
    StringBuilder line =
        new StringBuilder()
            .append(word(notification))
            .append(' ')
            .append(AlertText.severity(alert))
            .append("  ")
            .append(alert.rule());
    if (!alert.group().isEmpty()) {
      line.append(" [").append(AlertText.group(alert)).append(']');
    }
    String care = AlertText.care(notification);
    if (!care.isEmpty()) {
      line.append("  ").append(care);
    }
    line.append("  ").append(alert.summary()).append("  ").append(AlertText.span(alert));
    String runbook = AlertText.runbook(alert);
    if (runbook != null) {
      line.append("  runbook: ").append(runbook);
    }
    return AlertText.clip(UNPRINTABLE.matcher(line).replaceAll(" "), LONGEST_LINE);
  }

  private static String word(Notification notification) {
    return switch (notification.kind()) {
      case FIRING -> "FIRING  ";
      case ACKNOWLEDGED -> "ACKNOWLEDGED";
      case REPEATED -> "STILL FIRING";
      case RESOLVED -> "RESOLVED";
      case BRIEF -> "FIRED AND RESOLVED";
    };
  }
}
