package io.tocsin.console.change;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.event.silence.Silence;
import io.tocsin.topics.AcksAdmin;
import io.tocsin.topics.SilencesAdmin;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what somebody decided about alerts; each returns once Kafka has it. Each throws {@link
 * UserError} when Kafka does not take it within 30 s. Thread-safe.
 */
public final class ChangeDesk {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeDesk.class);

  private final SilencesAdmin silences;
  private final AcksAdmin acks;

  /** For one cluster; nothing is asked of it yet. */
  public ChangeDesk(KafkaSettings kafka) {
    this.silences = new SilencesAdmin(kafka);
    this.acks = new AcksAdmin(kafka);
  }

  /** Puts a silence in force. */
  public void silence(Silence silence, Instant now) {
    silences.put(silence, now);
    LOG.atInfo()
        .addKeyValue("silence", silence.id())
        .addKeyValue("author", silence.author())
        .log("silenced from the console");
  }

  /**
   * Ends a silence.
   *
   * @return false when there is none of this id, or it is over already
   */
  public boolean unsilence(String id, Instant now) {
    boolean ended = silences.end(id, now);
    if (ended) {
      LOG.atInfo().addKeyValue("silence", id).log("silence ended from the console");
    }
    return ended;
  }

  /** Says who takes care of an episode, in place of who was said to before. */
  public void acknowledge(Acknowledgement ack) {
    acks.put(ack, ack.createdAt());
    LOG.atInfo()
        .addKeyValue("episode", ack.episode())
        .addKeyValue("author", ack.author())
        .log("acknowledged from the console");
  }

  /** Nobody takes care of the episode any more. */
  public void takeBack(Acknowledgement ack) {
    acks.remove(ack);
    LOG.atInfo()
        .addKeyValue("episode", ack.episode())
        .log("acknowledgement taken back from the console");
  }
}
