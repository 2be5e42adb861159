package io.tocsin.agent.parse.frame;

import io.tocsin.agent.pattern.BoundedPattern;
import io.tocsin.agent.pattern.GaveUpException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A frame as a whole matches a pattern; its named groups are the fields. */
final class RegexParser implements FrameParser {

  private final BoundedPattern pattern;
  private final List<String> groups;
  private final FieldsMeaning meaning;

  RegexParser(Pattern pattern, FieldsMeaning meaning) {
    this.pattern = new BoundedPattern(pattern);
    this.groups =
        pattern.namedGroups().entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    this.meaning = meaning;
  }

  @Override
  public ParsedFrame parse(byte[] frame) {
    Optional<String> text = FrameText.utf8(frame);
    if (text.isEmpty()) {
      return new ParsedFrame.Unreadable(Rejection.NOT_TEXT);
    }
    try {
      return pattern
          .fit(text.get())
          .map(this::fields)
          .orElseGet(() -> new ParsedFrame.Unreadable(Rejection.UNPARSED));
    } catch (GaveUpException e) {
      return new ParsedFrame.Unreadable(Rejection.TOO_SLOW);
    }
  }

  private ParsedFrame fields(MatchResult match) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String group : groups) {
      String value = match.group(group);
      if (value != null) {
        fields.put(group, FrameValues.of(value));
      }
    }
    return meaning.of(fields);
  }
}
