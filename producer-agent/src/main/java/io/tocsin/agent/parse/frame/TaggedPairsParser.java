package io.tocsin.agent.parse.frame;

import io.tocsin.event.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code STAT;CP=0;…} measures; {@code INFO;MSG=…}, {@code WARN;…} and {@code ERR;…} tell with that
 * level; any other tag tells, as INFO, under its own name.
 */
final class TaggedPairsParser implements FrameParser {

  private static final Map<String, Level> LEVELS =
      Map.of(
          "DEBUG", Level.DEBUG,
          "INFO", Level.INFO,
          "WARN", Level.WARNING,
          "WARNING", Level.WARNING,
          "ERR", Level.ERROR,
          "ERROR", Level.ERROR,
          "CRITICAL", Level.CRITICAL,
          "FATAL", Level.CRITICAL);

  private final Set<String> measuring;

  /**
   * @param measuring the tags whose frames are telemetry, in any case
   */
  TaggedPairsParser(List<String> measuring) {
    this.measuring =
        measuring.stream().map(tag -> tag.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  @Override
  public ParsedFrame parse(byte[] bytes) {
    Optional<String> text = FrameText.ascii(bytes);
    if (text.isEmpty()) {
      return new ParsedFrame.Unreadable(Rejection.NOT_TEXT);
    }
    return TaggedFrame.of(text.get())
        .<ParsedFrame>map(this::read)
        .orElseGet(() -> new ParsedFrame.Unreadable(Rejection.UNPARSED));
  }

  private ParsedFrame read(TaggedFrame frame) {
    String tag = frame.tag().toUpperCase(Locale.ROOT);
    if (frame.pairs().containsKey(frame.tag())) {
      return message(frame, Level.INFO, null);
    } else if (measuring.contains(tag)) {
      return new ParsedFrame.Measurement(
          frame.tag().toLowerCase(Locale.ROOT), frame.values(), words(frame));
    }
    Level level = LEVELS.get(tag);
    return level == null ? message(frame, Level.INFO, null) : message(frame, level, nameOf(frame));
  }

  /** What a levelled frame calls itself: its MSG, or the first word after the level. */
  private static @Nullable String nameOf(TaggedFrame frame) {
    String msg = frame.pairs().get("MSG");
    if (msg != null && !msg.isEmpty()) {
      return msg;
    }
    return frame.words().isEmpty() ? null : frame.words().getFirst();
  }

  private static ParsedFrame message(TaggedFrame frame, Level level, @Nullable String name) {
    Map<String, @Nullable Object> meta = words(frame);
    meta.putAll(frame.values());
    String key = FrameValues.key(name == null ? frame.tag() : name);
    return new ParsedFrame.Message(
        level, key.isEmpty() ? "frame" : key, frame.readable(name), meta);
  }

  private static Map<String, @Nullable Object> words(TaggedFrame frame) {
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    if (!frame.words().isEmpty()) {
      meta.put("text", String.join(" ", frame.words()));
    }
    return meta;
  }
}
