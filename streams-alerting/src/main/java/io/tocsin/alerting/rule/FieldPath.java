package io.tocsin.alerting.rule;

import io.tocsin.event.Envelope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a field stands in a record: a top-level name or a dotted path such as {@code meta.user_id}.
 *
 * <p>A key that holds dots itself ({@code meta.http.status_code} for {@code {"meta":
 * {"http.status_code": 500}}}) is found too, the undotted reading first. Top-level fields outside
 * the schema are kept in {@code meta} on their way through Kafka; a path that names one at the top
 * finds it there.
 *
 * @param path as written
 * @param segments the path's parts
 */
public record FieldPath(String path, List<String> segments) {

  /** Reads a path. */
  public static FieldPath of(String path) {
    return new FieldPath(path, List.of(path.split("\\.", -1)));
  }

  /** True for the {@code level} of a log event, whose values compare as an order. */
  public boolean isLevel() {
    return path.equals("level");
  }

  /** The value under this path; null when there is none, or a JSON null. */
  public @Nullable Object in(Map<String, ?> record) {
    if (segments.size() == 1 && Envelope.has(path)) {
      return record.get(path);
    }
    Object found = find(record, 0);
    if (found == null && !Envelope.has(segments.getFirst())) {
      Object meta = record.get("meta");
      return meta instanceof Map<?, ?> map ? find(map, 0) : null;
    }
    return found;
  }

  private @Nullable Object find(Map<?, ?> map, int from) {
    Object direct = map.get(segments.get(from));
    int next = from + 1;
    if (next == segments.size()) {
      return direct;
    }
    if (direct instanceof Map<?, ?> inner) {
      Object found = find(inner, next);
      if (found != null) {
        return found;
      }
    }
    return findDotted(map, from);
  }

  /** Keys that hold dots: every longer run of segments as one key. */
  private @Nullable Object findDotted(Map<?, ?> map, int from) {
    if (from == 0 && segments.size() == 2) {
      return map.get(path); // the common case, without making a key
    }
    String key = segments.get(from);
    for (int to = from + 1; to < segments.size(); to++) {
      key = key + '.' + segments.get(to);
      Object value = map.get(key);
      if (to + 1 == segments.size()) {
        return value;
      }
      Object found = value instanceof Map<?, ?> inner ? find(inner, to + 1) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return path;
  }
}
