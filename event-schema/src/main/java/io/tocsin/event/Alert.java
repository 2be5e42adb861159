package io.tocsin.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One transition of an alert, on {@code tocsin.alerts}; the latest of each fingerprint stands on
 * {@code tocsin.alert-state}.
 *
 * @param fingerprint which alert: a hash of rule and group, the record's key
 * @param episode which firing of it: the fingerprint and the start; equal on the firing and its
 *     resolve, so a receiver can join the two
 * @param rule the rule's name
 * @param revision the rule's revision that made the transition
 * @param at the engine clock at the transition
 * @param group the values of the rule's group-by fields, in the rule's order
 * @param startsAt the group's event time at firing
 * @param endsAt the engine clock at the resolve; null while firing
 * @param value what tipped it: a number, or the new value of a field
 * @param threshold what it was measured against; null for kinds without one
 * @param window the rule's window as written, such as {@code 1m}; null for kinds without one
 * @param labels for routing
 * @param annotations for people, among them {@code runbook}
 * @param evidence ids of the records that tipped it, at most {@value #MAX_EVIDENCE}
 * @param reason why it resolved, when that was not the condition itself (a rule was changed or
 *     removed); else null
 */
public record Alert(
    String fingerprint,
    String episode,
    String rule,
    long revision,
    Severity severity,
    Status status,
    Instant at,
    Map<String, @Nullable Object> group,
    Instant startsAt,
    @Nullable Instant endsAt,
    @Nullable Object value,
    @Nullable Object threshold,
    @Nullable String window,
    String summary,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> evidence,
    @Nullable String reason) {

  // Written out in full: a compact constructor's parameters lose what is said of null within their
  // types once compiled, and callers in other modules could hand in no group.
  public Alert(
      String fingerprint,
      String episode,
      String rule,
      long revision,
      Severity severity,
      Status status,
      Instant at,
      Map<String, @Nullable Object> group,
      Instant startsAt,
      @Nullable Instant endsAt,
      @Nullable Object value,
      @Nullable Object threshold,
      @Nullable String window,
      String summary,
      Map<String, String> labels,
      Map<String, String> annotations,
      List<String> evidence,
      @Nullable String reason) {
    // A record off the wire may lack anything; half an alert would fail somewhere far from here.
    this.fingerprint = required(fingerprint);
    this.episode = required(episode);
    this.rule = required(rule);
    this.revision = revision;
    this.severity = required(severity);
    this.status = required(status);
    this.at = required(at);
    this.group = required(group);
    this.startsAt = required(startsAt);
    this.endsAt = endsAt;
    this.value = value;
    this.threshold = threshold;
    this.window = window;
    this.summary = required(summary);
    this.labels = required(labels);
    this.annotations = required(annotations);
    this.evidence = required(evidence);
    this.reason = reason;
  }

  /** The same alert in other words. */
  public Alert withSummary(String words) {
    return new Alert(
        fingerprint,
        episode,
        rule,
        revision,
        severity,
        status,
        at,
        group,
        startsAt,
        endsAt,
        value,
        threshold,
        window,
        words,
        labels,
        annotations,
        evidence,
        reason);
  }

  private static <T> T required(T part) {
    return Objects.requireNonNull(part, "an alert lacks a required part");
  }

  /** How many record ids an alert carries at most. */
  public static final int MAX_EVIDENCE = 10;

  /** How urgent a rule is. On the wire in lower case. */
  public enum Severity {
    HIGH,
    MEDIUM,
    LOW
  }

  /** Where an episode stands. On the wire in lower case. */
  public enum Status {
    FIRING,
    RESOLVED
  }

  /**
   * The identity of the alert that {@code rule} raises for {@code group}: 32 hex digits, safe in
   * URLs, keys and logs. The order of the group's fields does not matter.
   */
  public static String fingerprintOf(String rule, Map<String, @Nullable Object> group) {
    StringBuilder canonical = new StringBuilder(rule);
    // Control characters part the fields: they cannot make two groups read alike as text could.
    new TreeMap<>(group)
        .forEach((k, v) -> canonical.append('\u001e').append(k).append('\u001f').append(v));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
