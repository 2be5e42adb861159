package io.tocsin.notifier.pipeline;

import io.tocsin.event.ack.Acknowledgement;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.route.Lead;
import io.tocsin.notifier.route.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stage that finds what is to be told of episodes that go on, apart from their transitions:
 * that somebody takes care of one, or that it still fires and nobody does. Not thread-safe.
 *
 * <p>When the receiver was told what stands with the firing in the delivery log, so a restart
 * neither repeats nor forgets it. Nothing follows before the whole topic was read: the resolve may
 * stand there.
 */
final class FollowUps {

  private final String receiver;
  private final OpenEpisodes episodes;
  private final Routes routes;
  private final Supplier<Acknowledgements> current;
  private final Backlog backlog;
  private final Repeats repeats = new Repeats();
  private @Nullable Acknowledgements judgedBy;
  private boolean sawAll;

  FollowUps(
      String receiver,
      OpenEpisodes episodes,
      Routes routes,
      Supplier<Acknowledgements> current,
      Backlog backlog) {
    this.receiver = receiver;
    this.episodes = episodes;
    this.routes = routes;
    this.current = current;
    this.backlog = backlog;
  }

  /** When something may have to follow; {@link Instant#MAX} for never. */
  Instant nextAt() {
    if (!sawAll) {
      return Instant.MAX;
    }
    return episodes.hasChanged() ? Instant.MIN : repeats.nextAt();
  }

  /**
   * Puts what is to follow into the backlog.
   *
   * @param caughtUp whether everything on the topic was read
   * @return what is not to be told any more
   */
  List<Pending> pass(Instant now, boolean caughtUp) {
    Acknowledgements acknowledgements = current.get();
    boolean anew = acknowledgements != judgedBy;
    List<Pending> dropped = anew ? dropOutdated(acknowledgements) : List.of();
    sawAll = caughtUp;
    if (caughtUp) {
      judgedBy = acknowledgements;
      Set<String> changed = episodes.takeChanged();
      (anew ? episodes.episodes() : changed).forEach(each -> look(each, acknowledgements, now));
      repeats.takeDue(now).forEach(due -> repeat(due, acknowledgements, now));
    }
    return dropped;
  }

  /** What was tried of an acknowledgement may have been told: it is, before anything else. */
  private List<Pending> dropOutdated(Acknowledgements acknowledgements) {
    List<Pending> outdated = new ArrayList<>();
    for (Pending pending : backlog.all()) {
      Acknowledgement standing = acknowledgements.of(pending.alert().episode());
      boolean takenBack =
          pending.kind() == Kind.ACKNOWLEDGED
              && pending.isUntried()
              && !Objects.equals(standing, pending.acknowledgement());
      if (takenBack || (pending.kind() == Kind.REPEATED && standing != null)) {
        outdated.add(pending);
      }
    }
    outdated.forEach(backlog::remove);
    return outdated;
  }

  private void look(String episode, Acknowledgements acknowledgements, Instant now) {
    Delivery open = episodes.get(episode);
    Told told = open == null ? null : open.told();
    if (open == null || told == null) {
      return;
    }
    Acknowledgement acknowledgement = acknowledgements.of(episode);
    if (acknowledgement == null) {
      Lead lead = routes.lead(told.alert(), told.at(), receiver);
      repeats.plan(episode, told.at(), lead == null ? Duration.ZERO : lead.repeat());
    } else if (told.lacks(acknowledgement) && backlog.find(episode) == null) {
      backlog.add(Pending.acknowledged(backlog.nextSequence(), open, acknowledgement, now));
    }
  }

  private void repeat(Repeats.Due due, Acknowledgements acknowledgements, Instant now) {
    Delivery open = episodes.get(due.episode());
    Told told = open == null ? null : open.told();
    if (open == null
        || told == null
        || backlog.find(due.episode()) != null
        || acknowledgements.of(due.episode()) != null) {
      return;
    }
    Lead lead = routes.lead(told.alert(), now, receiver);
    if (lead == null) {
      // Out of its hours: the next time may be within them.
      repeats.plan(due.episode(), now, due.every());
    } else {
      backlog.add(Pending.repeated(backlog.nextSequence(), open, lead, now));
    }
  }
}
