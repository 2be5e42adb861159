package io.tocsin.agent.parse.frame;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.ConfigNode;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a frame's bytes are read: {@code tagged-pairs}, {@code json} or {@code csv} by its name
 * alone, or any of them and {@code regex} as one key with options.
 */
public sealed interface FrameFormat {

  /** Named fields become telemetry of this kind unless told otherwise. */
  String KIND = "stat";

  /** A parser of this format. */
  FrameParser parser();

  /** Reads the {@code parse} key. */
  static FrameFormat fromConfig(ConfigNode node) {
    boolean named = node.isScalar();
    if (!named && node.keys().size() != 1) {
      throw node.invalid("must be one of tagged-pairs, json, csv, regex", "");
    }
    String name = named ? node.text() : node.keys().getFirst();
    ConfigNode options = named ? node : node.get(name).orElseThrow();
    return switch (name) {
      case "tagged-pairs" ->
          named ? new TaggedPairs(List.of("STAT")) : options.as(TaggedPairs.class);
      case "json" -> named ? new Json(KIND, null) : options.as(Json.class);
      case "csv" -> named ? new Csv(List.of(), ",", KIND, null) : options.as(Csv.class);
      case "regex" -> regex(node, named, options);
      default -> throw node.invalid("must be one of tagged-pairs, json, csv, regex", "");
    };
  }

  private static FrameFormat regex(ConfigNode node, boolean named, ConfigNode options) {
    if (named) {
      throw node.invalid("needs a pattern", "parse: { regex: '(?<celsius>[0-9.]+) C' }");
    }
    return options.isScalar()
        ? new Regex(options.as(Pattern.class), KIND, null)
        : options.as(Regex.class);
  }

  /** {@code TAG;KEY=VALUE;…} */
  record TaggedPairs(
      @Doc("The tags whose frames are telemetry, of the kind that the tag says; others are events")
          @Default("[STAT]")
          List<String> telemetry)
      implements FrameFormat {
    @Override
    public FrameParser parser() {
      return new TaggedPairsParser(telemetry);
    }
  }

  /** One JSON object. */
  record Json(
      @Doc("The telemetry's kind") @Default(KIND) String kind,
      @Doc("Makes frames log events: the fields of level, event and message")
          @Nullable MessageFields fields)
      implements FrameFormat {
    @Override
    public FrameParser parser() {
      return new JsonParser(new FieldsMeaning(kind, fields));
    }
  }

  /** Separated values. */
  record Csv(
      @Doc("The columns' names; without them column1, column2 …") @Default("[]")
          List<String> columns,
      @Doc("One character") @Default("','") String separator,
      @Doc("The telemetry's kind") @Default(KIND) String kind,
      @Doc("Makes frames log events: the fields of level, event and message")
          @Nullable MessageFields fields)
      implements FrameFormat {
    public Csv {
      require(separator.length() == 1, "separator", separator, "must be one character");
    }

    @Override
    public FrameParser parser() {
      return new CsvParser(columns, separator.charAt(0), new FieldsMeaning(kind, fields));
    }
  }

  /** A pattern that a whole frame must match. */
  record Regex(
      @Doc("Its named groups are the fields") Pattern pattern,
      @Doc("The telemetry's kind") @Default(KIND) String kind,
      @Doc("Makes frames log events: the fields of level, event and message")
          @Nullable MessageFields fields)
      implements FrameFormat {
    public Regex {
      require(
          !pattern.namedGroups().isEmpty(),
          "pattern",
          pattern,
          "must have named groups, such as (?<celsius>[0-9.]+)");
    }

    @Override
    public FrameParser parser() {
      return new RegexParser(pattern, new FieldsMeaning(kind, fields));
    }
  }
}
