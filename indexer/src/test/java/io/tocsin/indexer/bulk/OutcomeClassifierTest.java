package io.tocsin.indexer.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.indexer.document.Write;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeClassifierTest {

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Indexed indexed -> "indexed";
      case Outcome.Duplicate duplicate -> "duplicate";
      case Outcome.Retriable(String reason, String detail, boolean suspect) ->
          "retriable " + reason + (suspect ? " suspect" : "");
      case Outcome.Rejected(String reason, String detail) -> "rejected " + reason;
    };
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          201||| indexed
          200||| duplicate
          409| version_conflict_engine_exception| document already exists| duplicate
          429| es_rejected_execution_exception| rejected execution of coordinating operation| retriable overloaded
          429| rejected_execution_exception| | retriable overloaded
          429| circuit_breaking_exception| Data too large| retriable overloaded
          429| cluster_block_exception| index [i] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]| retriable read_only
          403| cluster_block_exception| index [i] blocked by: [FORBIDDEN/8/index write (api)]| retriable read_only
          403| security_exception| no permissions| retriable unauthorized
          401| security_exception| | retriable unauthorized
          404| index_not_found_exception| no such index| retriable no_index
          408| process_cluster_event_timeout_exception| | retriable timeout
          500| null_pointer_exception| | retriable server_error suspect
          502| | | retriable unavailable
          503| unavailable_shards_exception| primary shard is not active| retriable unavailable
          503| process_cluster_event_timeout_exception| failed to process cluster event (put-mapping)| retriable unavailable
          504| | | retriable unavailable
          507| | | retriable server_error suspect
          400| mapper_parsing_exception| failed to parse field [level]| rejected mapping
          400| mapper_parsing_exception| failed to parse; Duplicate Object property "a"| rejected duplicate_key
          400| strict_dynamic_mapping_exception| | rejected mapping
          400| illegal_argument_exception| mapper [x] cannot be changed from type [double] to [ObjectMapper]| rejected mapping
          400| illegal_argument_exception| Limit of total fields [2000] has been exceeded| rejected field_limit
          400| illegal_argument_exception| Document contains at least one immense term in field="meta"| rejected term_too_long
          400| illegal_argument_exception| this cluster currently has [1000]/[1000] maximum shards open| retriable shard_limit
          400| validation_exception| this action would add [2] total shards, but this cluster currently has [1000]/[1000] maximum shards open| retriable shard_limit
          400| validation_exception| something else| rejected refused
          400| index_closed_exception| closed| retriable index_closed suspect
          400| something_new_exception| | rejected refused
          413| | | rejected refused
          """)
  void anItemsStatusAndErrorMeanOneThing(int status, String type, String reason, String outcome) {
    // When
    Outcome found =
        OutcomeClassifier.item(
            new Write.Once(), status, type == null ? "" : type, reason == null ? "" : reason);
    // Then
    assertThat(label(found)).isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "400,rejected refused",
    "413,rejected too_large",
    "422,rejected refused",
    "301,retriable not_opensearch",
    "404,retriable not_opensearch",
    "405,retriable not_opensearch",
    "401,retriable unauthorized",
    "403,retriable unauthorized",
    "407,retriable unauthorized",
    "408,retriable timeout",
    "429,retriable overloaded",
    "500,retriable server_error",
    "502,retriable unavailable",
    "503,retriable unavailable",
    "504,retriable unavailable"
  })
  void aRefusedRequestMeansOneThing(int status, String outcome) {
    assertThat(label(OutcomeClassifier.request(status, "…"))).isEqualTo(outcome);
  }

  @Test
  void overwritingIsWhatTheLatestStateIsFor() {
    assertThat(OutcomeClassifier.item(new Write.Latest(1), 200, "", ""))
        .isInstanceOf(Outcome.Indexed.class);
    assertThat(
            OutcomeClassifier.item(
                new Write.Latest(1), 409, "version_conflict_engine_exception", "newer is there"))
        .isInstanceOf(Outcome.Duplicate.class);
  }

  @Test
  void removingWhatIsNotThereIsDone() {
    assertThat(OutcomeClassifier.item(new Write.Remove(1), 404, "", ""))
        .isInstanceOf(Outcome.Indexed.class);
  }

  @Test
  void aDetailIsReadableAndBounded() {
    // When
    Outcome outcome =
        OutcomeClassifier.item(
            new Write.Once(), 400, "mapper_parsing_exception", "why ".repeat(1000));
    // Then
    assertThat(((Outcome.Rejected) outcome).detail())
        .startsWith("HTTP 400 mapper_parsing_exception: why")
        .hasSizeLessThan(1100);
  }
}
