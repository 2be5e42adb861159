package io.tocsin.agent.pattern;

/** A text that can be looked at so many times only. For one search, in one thread. */
public final class CountedText implements CharSequence {

  /** The search is given up. */
  public static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooks() {
      super("too many looks", null, false, false);
    }
  }

  private final CharSequence text;
  private long left;

  /**
   * The text, untouched so far.
   *
   * @param looks how often one of its characters may be asked for
   */
  public CountedText(CharSequence text, long looks) {
    this.text = text;
    this.left = looks;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new TooManyLooks();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
