package io.tocsin.console.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.event.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what stands around a line. A {@link SourceId}'s sequence is the place in the source (a
 * file's byte offset, a spool's counter), so the lines before and after are those with the next
 * smaller and greater ones, even when their times go back and forth. They are looked for in ranges
 * that widen: a range of texts costs what it holds, not what the source holds.
 */
final class Neighbours {

  /** Wide enough to hold a page of a file's lines in one go. */
  private static final long BYTES_A_LINE = 512;

  /** OpenSearch refuses longer regular expressions; this leaves room for the range. */
  private static final int LONGEST_PREFIX = 400;

  private final Search search;

  Neighbours(Search search) {
    this.search = search;
  }

  Optional<Surroundings> of(String id, int before, int after)
      throws SearchUnavailableException, InterruptedException {
    SearchPage found =
        search.find(new SearchRequest(Scope.logs(List.of(new Filter.Id(id))), Order.DESC, 1, null));
    if (found.documents().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode event = found.documents().getFirst();
    Optional<SourceId> place =
        SourceId.parse(id).filter(one -> one.prefix().length() <= LONGEST_PREFIX);
    if (place.isPresent()) {
      return Optional.of(bySource(event, place.get(), before, after));
    }
    // One document fills its page, so there always is a place to go on from.
    Cursor cursor = found.next().orElseThrow();
    return Optional.of(
        new Surroundings(
            byTime(event, cursor, Order.DESC, before).reversed(),
            event,
            byTime(event, cursor, Order.ASC, after),
            false));
  }

  private Surroundings bySource(ObjectNode event, SourceId place, int before, int after)
      throws SearchUnavailableException, InterruptedException {
    List<SequenceRange> down =
        SequenceRange.downFrom(place.sequence(), Math.max(1, before) * BYTES_A_LINE);
    List<SequenceRange> up =
        SequenceRange.upFrom(place.sequence(), Math.max(1, after) * BYTES_A_LINE);
    return new Surroundings(
        lines(place.prefix(), down, "desc", before).reversed(),
        event,
        lines(place.prefix(), up, "asc", after),
        true);
  }

  private List<ObjectNode> lines(String prefix, List<SequenceRange> ranges, String order, int limit)
      throws SearchUnavailableException, InterruptedException {
    List<ObjectNode> lines = new ArrayList<>();
    for (SequenceRange range : ranges) {
      if (lines.size() == limit) {
        break;
      }
      Scope scope = Scope.logs(List.of(new Filter.Lines(prefix, range)));
      lines.addAll(search.byId(scope, order, limit - lines.size()));
    }
    return lines;
  }

  private List<ObjectNode> byTime(ObjectNode event, Cursor cursor, Order order, int limit)
      throws SearchUnavailableException, InterruptedException {
    if (limit == 0) {
      return List.of();
    }
    List<Filter> same = new ArrayList<>();
    for (String field : List.of("service", "host", "source")) {
      if (event.path(field).isTextual()) {
        same.add(new Filter.OneOf(field, List.of(event.path(field).asText())));
      }
    }
    return search.find(new SearchRequest(Scope.logs(same), order, limit, cursor)).documents();
  }
}
