package io.tocsin.agent.parse.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A frame of separated fields, quoted as RFC 4180 has it. Named columns must all be there, no more
 * and no fewer: half a line is no measurement.
 */
record CsvParser(List<String> columns, char separator, FieldsMeaning meaning)
    implements FrameParser {

  @Override
  public ParsedFrame parse(byte[] frame) {
    Optional<String> text = FrameText.utf8(frame);
    if (text.isEmpty()) {
      return new ParsedFrame.Unreadable(Rejection.NOT_TEXT);
    }
    List<String> cells = split(text.get());
    if (!columns.isEmpty() && columns.size() != cells.size()) {
      return new ParsedFrame.Unreadable(Rejection.UNPARSED);
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String name = columns.isEmpty() ? "column" + (i + 1) : columns.get(i);
      fields.put(name, FrameValues.of(cells.get(i)));
    }
    return meaning.of(fields);
  }

  private List<String> split(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
