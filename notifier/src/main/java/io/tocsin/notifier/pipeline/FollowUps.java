package io.tocsin.notifier.pipeline;

import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage that finds what is to be told of episodes that go on, apart from their transitions:
 * that somebody takes care of one. Not thread-safe.
 *
 * <p>What was told of an acknowledgement stands with the firing in the delivery log, so a restart
 * neither repeats nor forgets it. Nothing follows before the whole topic was read: the resolve may
 * stand there.
 */
final class FollowUps {

  private final OpenEpisodes episodes;
  private final Supplier<Acknowledgements> current;
  private final Backlog backlog;
  private @Nullable Acknowledgements judgedBy;
  private boolean sawAll;

  FollowUps(OpenEpisodes episodes, Supplier<Acknowledgements> current, Backlog backlog) {
    this.episodes = episodes;
    this.current = current;
    this.backlog = backlog;
  }

  /** When something may have to follow; {@link Instant#MAX} for never. */
  Instant nextAt() {
    return sawAll && episodes.hasChanged() ? Instant.MIN : Instant.MAX;
  }

  /**
   * Puts what is to follow into the backlog.
   *
   * @param caughtUp whether everything on the topic was read
   * @return what is not to be told any more
   */
  List<Pending> pass(Instant now, boolean caughtUp) {
    Acknowledgements acknowledgements = current.get();
    sawAll = caughtUp;
    if (!caughtUp) {
      return List.of();
    }
    boolean anew = acknowledgements != judgedBy;
    judgedBy = acknowledgements;
    List<Pending> dropped = anew ? dropOutdated(acknowledgements) : List.of();
    Set<String> changed = episodes.takeChanged();
    changed.forEach(episode -> acknowledge(episode, acknowledgements, now));
    if (anew) {
      acknowledgements.all().forEach(each -> acknowledge(each.episode(), acknowledgements, now));
    }
    return dropped;
  }

  /** What was tried may have been told: it is, before anything else. */
  private List<Pending> dropOutdated(Acknowledgements acknowledgements) {
    List<Pending> outdated = new ArrayList<>();
    for (Pending pending : backlog.all()) {
      Acknowledgement acknowledgement = acknowledgements.of(pending.alert().episode());
      if (pending.kind() == Kind.ACKNOWLEDGED
          && pending.isUntried()
          && !Objects.equals(acknowledgement, pending.acknowledgement())) {
        outdated.add(pending);
      }
    }
    outdated.forEach(backlog::remove);
    return outdated;
  }

  private void acknowledge(String episode, Acknowledgements acknowledgements, Instant now) {
    Acknowledgement acknowledgement = acknowledgements.of(episode);
    Delivery open = episodes.get(episode);
    if (acknowledgement == null || open == null || backlog.find(episode) != null) {
      return;
    }
    if (open.told() != null && open.told().lacks(acknowledgement)) {
      backlog.add(Pending.acknowledged(backlog.nextSequence(), open, acknowledgement, now));
    }
  }
}
