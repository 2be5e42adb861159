package io.tocsin.agent.transform;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to a source's records on the way, as its part of the file has it. */
public record TransformSettings(
    @Default("{}") @Doc("names and values that every record gets in meta")
        Map<String, String> labels,
    @Doc("what is made unreadable, beside what the file's own redact says")
        @Nullable RedactSettings redact,
    @Doc("keeps a share of the log events above a rate; else all are kept")
        @Nullable SampleSettings sample,
    @Doc("records a second that are taken; else as many as come") @Nullable Integer maxRate,
    @Doc("what becomes of more; else they wait where the source can be made to")
        @Nullable Excess excess) {

  /** Records go on as they are. */
  public static final TransformSettings NONE =
      new TransformSettings(Map.of(), null, null, null, null);

  public TransformSettings {
    for (String label : labels.keySet()) {
      require(!label.isBlank(), "labels", label, "must not hold an empty name");
    }
    require(maxRate == null || maxRate >= 1, "max-rate", maxRate, "must be 1 or more a second");
    require(
        excess == null || maxRate != null,
        "excess",
        excess,
        "goes with max-rate: it needs that too");
  }

  /** For the settings of a source that nothing can hold up: a device, a clock. */
  public void requireNoWaiting() {
    require(
        excess != Excess.WAIT,
        "transform",
        null,
        "cannot have excess: wait, for nothing holds this source up; leave excess out, or drop");
  }

  /** For the settings of a source that has a rate limit of its own. */
  public void requireNoRate() {
    require(
        maxRate == null,
        "transform",
        null,
        "cannot have max-rate: this source has a max-rate of its own, beside transform");
  }
}
