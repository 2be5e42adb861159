package io.tocsin.agent.parse.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A frame as a whole matches a pattern; its named groups are the fields. */
final class RegexParser implements FrameParser {

  private final Pattern pattern;
  private final List<String> groups;
  private final FieldsMeaning meaning;

  RegexParser(Pattern pattern, FieldsMeaning meaning) {
    this.pattern = pattern;
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
    Matcher matcher = pattern.matcher(text.get());
    if (!matches(matcher)) {
      return new ParsedFrame.Unreadable(Rejection.UNPARSED);
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String group : groups) {
      String value = matcher.group(group);
      if (value != null) {
        fields.put(group, FrameValues.of(value));
      }
    }
    return meaning.of(fields);
  }

  private static boolean matches(Matcher matcher) {
    try {
      return matcher.matches();
    } catch (StackOverflowError e) {
      return false; // java.util.regex recurses for (a|b)*: a long frame must not end the thread
    }
  }
}
