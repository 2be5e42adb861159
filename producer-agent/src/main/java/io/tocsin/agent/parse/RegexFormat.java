package io.tocsin.agent.parse;

import io.tocsin.agent.pattern.BoundedPattern;
import io.tocsin.agent.pattern.GaveUpException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pattern that must fit the whole line; its named groups are the fields. */
final class RegexFormat implements LineFormat {

  private final BoundedPattern pattern;

  RegexFormat(Pattern pattern) {
    this.pattern = new BoundedPattern(pattern);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> fields(Line line, String text)
      throws GaveUpException {
    Optional<MatchResult> fit = pattern.fit(text);
    return fit.isPresent() ? fields(fit.get()) : null;
  }

  private static Map<String, @Nullable Object> fields(MatchResult match) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    match.namedGroups().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .filter(group -> match.group(group.getKey()) != null)
        .forEach(group -> fields.put(group.getKey(), match.group(group.getKey())));
    return fields;
  }
}
