package io.tocsin.agent.source.journal;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.agent.parse.FieldNames;
import io.tocsin.agent.parse.LineSettings;
import io.tocsin.agent.parse.LineSettings.Format;
import io.tocsin.agent.transform.SourceSettings;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The systemd journal, as the agent's file has it under {@code journal:}. */
public record JournalConfig(
    @Default("journal") @Doc("the source's name in ids and metrics") String name,
    @Default("[]") @Doc("the units that are read, such as charger-api.service; else all")
        List<String> units,
    @Doc("the service of all entries; else each one's unit") @Nullable String service,
    @Default("boot") @Doc("where to start the first time: all there is, this boot's, or only new")
        Start start,
    @Doc("how the messages are read; else they are text as it is") @Nullable Format format,
    @Doc("for format regex: must fit the whole message; its named groups are the fields")
        @Nullable Pattern pattern,
    @Default("{}") @Doc("with format: where the six fields are found; the rest goes to meta")
        FieldNames fields,
    @Default("UTC") @Doc("with format: the zone of times that name none") ZoneId zone,
    @Doc("another folder of journal files, such as the host's within a container")
        @Nullable Path directory,
    @Default("journalctl") @Doc("the program that reads the journal") String program,
    @Default("{}") @Doc("what is done to records on the way") TransformSettings transform)
    implements SourceSettings {

  /** Where to start when there is no cursor of an earlier run. */
  public enum Start {
    BEGINNING,
    BOOT,
    END
  }

  public JournalConfig {
    require(
        !name.isBlank() && name.indexOf('/') < 0, "name", name, "must be a name without a slash");
    for (String unit : units) {
      require(
          !unit.isBlank() && !unit.startsWith("-"),
          "units",
          unit,
          "must be names of systemd units");
    }
    require(service == null || !service.isBlank(), "service", service, "must not be empty");
    require(!program.isBlank(), "program", program, "must name a program");
    require(format != null || pattern == null, "pattern", pattern, "goes with format regex");
    if (format != null) {
      // Made here only to be refused here, with the right line of the file.
      var _ = lines("any", format);
    }
  }

  private LineSettings lines(String of, Format messages) {
    return new LineSettings(of, messages, pattern, fields, zone, StandardCharsets.UTF_8);
  }

  /** How messages are read; null for as they are. */
  @Nullable LineSettings lines() {
    return format == null ? null : lines("journal", format);
  }

  /** The program and what it is told, to give what comes after a cursor and then what is new. */
  List<String> command(@Nullable String cursor) {
    List<String> command = new ArrayList<>();
    command.add(program);
    // Without --all a long field is null, without --no-tail only the last ten lines are shown.
    command.addAll(List.of("--output=json", "--all", "--quiet", "--follow"));
    if (cursor != null) {
      command.addAll(List.of("--boot=all", "--no-tail", "--after-cursor=" + cursor));
    } else {
      command.addAll(
          switch (start) {
            case BOOT -> List.of("--boot", "--no-tail");
            // At the end: there was no last entry to go on from, so all that comes is new.
            case BEGINNING, END -> List.of("--boot=all", "--no-tail");
          });
    }
    return ofWhat(command);
  }

  /** The same, to give the last entry there is. */
  List<String> lastEntryCommand() {
    return ofWhat(
        new ArrayList<>(List.of(program, "--output=json", "--quiet", "--boot=all", "--lines=1")));
  }

  private List<String> ofWhat(List<String> command) {
    if (directory != null) {
      command.add("--directory=" + directory);
    }
    units.forEach(unit -> command.add("--unit=" + unit));
    return command;
  }

  @Override
  public String sourceName() {
    return name;
  }
}
