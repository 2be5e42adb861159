package io.tocsin.cli.deadletters;

/**
 * Where the record of a letter stood. Two services that gave up the same record wrote two letters
 * with one origin; so did one that was killed before it could commit.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 */
record Origin(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + '-' + partition + '-' + offset;
  }
}
