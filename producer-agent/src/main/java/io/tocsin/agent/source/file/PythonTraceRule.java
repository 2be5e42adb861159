package io.tocsin.agent.source.file;

/**
 * Python's tracebacks, chained ones included, with the line that was logged before them. What marks
 * the end of a traceback is the line of the exception: the first that is not indented.
 */
final class PythonTraceRule implements ContinuationRule {

  private static final String HEAD = "Traceback (most recent call last):";
  private static final String CONTEXT = "During handling of the above exception";
  private static final String CAUSE = "The above exception was the direct cause";

  private enum Place {
    /** No traceback yet. */
    BEFORE,
    /** Among its frames. */
    FRAMES,
    /** Its exception was named; another may be chained to it. */
    AFTER
  }

  private Place place = Place.BEFORE;

  @Override
  public void begin(String line) {
    place = line.startsWith(HEAD) ? Place.FRAMES : Place.BEFORE;
  }

  @Override
  public boolean continues(String line) {
    if (line.startsWith(HEAD)) {
      // Two tracebacks in a row without a word between them are two events.
      boolean chained = place != Place.FRAMES;
      place = Place.FRAMES;
      return chained;
    }
    return switch (place) {
      case BEFORE -> ContinuationRule.isIndented(line);
      case FRAMES -> {
        place = ContinuationRule.isIndented(line) || line.isBlank() ? Place.FRAMES : Place.AFTER;
        yield true;
      }
      case AFTER ->
          line.isBlank()
              || ContinuationRule.isIndented(line)
              || line.startsWith(CONTEXT)
              || line.startsWith(CAUSE);
    };
  }
}
