package io.tocsin.notifier.message;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.event.Alert;
import io.tocsin.event.Timestamps;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.pipeline.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text in which <code>{{field}}</code> stands for a part of the alert. Every field is checked
 * when the template is read; a field that an alert lacks is empty. Immutable, thread-safe.
 */
public final class Template {

  private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
  private static final Pattern NAMED = Pattern.compile("(group|label|annotation)\\.(\\S+)");

  /** What a field takes its value from. */
  private record Source(Notification notification, Links links) {
    Alert alert() {
      return notification.alert();
    }
  }

  private interface Part {
    String in(Source source);
  }

  private static final Map<String, Function<Source, @Nullable Object>> FIELDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "kind", source -> source.notification().kind().name().toLowerCase(Locale.ROOT)),
              Map.entry("status", source -> AlertText.status(source.notification())),
              Map.entry("headline", source -> AlertText.headline(source.notification())),
              Map.entry("acknowledged-by", source -> acknowledgedBy(source.notification())),
              Map.entry("rule", source -> source.alert().rule()),
              Map.entry("severity", source -> AlertText.severity(source.alert())),
              Map.entry("summary", source -> source.alert().summary()),
              Map.entry("group", source -> AlertText.group(source.alert())),
              Map.entry("value", source -> source.alert().value()),
              Map.entry("threshold", source -> source.alert().threshold()),
              Map.entry("window", source -> source.alert().window()),
              Map.entry("starts-at", source -> Timestamps.format(source.alert().startsAt())),
              Map.entry(
                  "ends-at",
                  source ->
                      source.alert().endsAt() == null
                          ? null
                          : Timestamps.format(source.alert().endsAt())),
              Map.entry("episode", source -> source.alert().episode()),
              Map.entry("fingerprint", source -> source.alert().fingerprint()),
              Map.entry("evidence", source -> String.join(", ", source.alert().evidence())),
              Map.entry("at", source -> Timestamps.format(source.alert().at())),
              Map.entry("revision", source -> source.alert().revision()),
              Map.entry("reason", source -> source.alert().reason()),
              Map.entry("search", source -> source.links().search(source.alert())),
              Map.entry("runbook", source -> AlertText.runbook(source.alert())),
              Map.entry("link", source -> source.links().alert(source.alert()))));

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @param key the configuration's key, for the message
   * @param escape makes a value safe for where it stands
   * @throws InvalidValueException when a field is not known
   */
  public static Template parse(String key, String text, UnaryOperator<String> escape) {
    List<Part> parts = new ArrayList<>();
    Matcher field = FIELD.matcher(text);
    int end = 0;
    while (field.find()) {
      addText(key, parts, text.substring(end, field.start()));
      Function<Source, @Nullable Object> value = value(key, field.group(1));
      parts.add(
          source -> {
            Object found = value.apply(source);
            return found == null ? "" : escape.apply(found.toString());
          });
      end = field.end();
    }
    addText(key, parts, text.substring(end));
    return new Template(parts);
  }

  private static void addText(String key, List<Part> parts, String text) {
    InvalidValueException.require(
        !text.contains("{{"), key, AlertText.clip(text, 80), "has a {{ that no }} closes");
    parts.add(source -> text);
  }

  private static Function<Source, @Nullable Object> value(String key, String name) {
    Function<Source, @Nullable Object> plain = FIELDS.get(name);
    if (plain != null) {
      return plain;
    }
    Matcher named = NAMED.matcher(name);
    InvalidValueException.require(
        named.matches(),
        key,
        "{{" + name + "}}",
        "is no field; known: "
            + String.join(", ", FIELDS.keySet())
            + ", group.NAME, label.NAME, annotation.NAME");
    String which = named.group(2);
    return switch (named.group(1)) {
      case "group" -> source -> source.alert().group().get(which);
      case "label" -> source -> source.alert().labels().get(which);
      default -> source -> source.alert().annotations().get(which);
    };
  }

  private static @Nullable String acknowledgedBy(Notification notification) {
    Acknowledgement acknowledgement = notification.acknowledgement();
    return acknowledgement == null ? null : acknowledgement.author();
  }

  /** The text about this notification. */
  public String render(Notification notification, Links links) {
    Source source = new Source(notification, links);
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.in(source)));
    return text.toString();
  }
}
