package io.tocsin.agent.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pattern that must fit the whole line; its named groups are the fields. */
final class RegexFormat implements LineFormat {

  private final Pattern pattern;

  RegexFormat(Pattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> fields(Line line, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    matcher.namedGroups().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .filter(group -> matcher.group(group.getKey()) != null)
        .forEach(group -> fields.put(group.getKey(), matcher.group(group.getKey())));
    return fields;
  }
}
