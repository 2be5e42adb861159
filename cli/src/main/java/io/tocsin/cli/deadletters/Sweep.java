package io.tocsin.cli.deadletters;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.cli.shared.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Deletes what stands before the first open letter. A mark never goes before its letters. */
final class Sweep {

  private final KafkaSettings kafka;

  Sweep(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** How many offsets the topic lost at its beginning. */
  long run(Progress progress) throws InterruptedException {
    try (LetterBox box = LetterBox.open(kafka)) {
      Map<TopicPartition, Long> fronts = fronts(box, progress);
      Map<TopicPartition, RecordsToDelete> due = new HashMap<>();
      fronts.forEach((partition, front) -> due.put(partition, RecordsToDelete.beforeOffset(front)));
      long before = box.beginnings();
      try (Admin admin = Admin.create(kafka.with(Map.of()))) {
        admin.deleteRecords(due).all().get();
      } catch (ExecutionException e) {
        throw new UserError(
            "the broker does not delete records: " + e.getCause(),
            "the letters are purged all the same; their bytes go with the topic's retention");
      }
      return box.beginnings() - before;
    }
  }

  private static Map<TopicPartition, Long> fronts(LetterBox box, Progress progress) {
    Marks all = box.marks(progress);
    Marks soFar = new Marks();
    Map<TopicPartition, Long> fronts = new HashMap<>(box.ends());
    boolean[] pinned = {false};
    box.all(
        letter -> {
          progress.step();
          if (letter.isMark()) {
            soFar.read(letter);
          } else if (all.of(letter) == Status.OPEN) {
            fronts.merge(letter.place(), letter.offset(), Math::min);
          } else if (soFar.of(letter) != Status.OPEN) {
            pinned[0] = true; // given up once more after it was dealt with: its mark must stay
          }
        });
    boolean everything = fronts.equals(box.ends());
    // With several partitions a letter's mark may stand in another one than its twin.
    return !everything && (pinned[0] || fronts.size() > 1) ? Map.of() : fronts;
  }
}
