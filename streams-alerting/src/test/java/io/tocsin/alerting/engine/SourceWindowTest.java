package io.tocsin.alerting.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceWindowTest {

  private static final String PREFIX = "edge-01/api/1/";
  private static final int KEEP = 40;

  /** The words of the contract: the newest are known exactly, all below them count as seen. */
  private static final class Model {
    private final TreeSet<Long> known = new TreeSet<>();
    private long floor;

    boolean add(long sequence) {
      if (sequence < floor || !known.add(sequence)) {
        return false;
      }
      if (known.size() > KEEP + KEEP / 4) {
        while (known.size() > KEEP) {
          known.pollFirst();
        }
        floor = known.getFirst();
      }
      return true;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itKnowsWhatItSawOverRestartsAndForgetsTheRest(long seed) {
    // Given
    SplittableRandom random = new SplittableRandom(seed);
    EngineStore store = EngineStore.inMemory();
    RuleSpace space = new RuleSpace(store, "rule");
    SourceWindow window = new SourceWindow(space, PREFIX, KEEP);
    Model model = new Model();
    int most = 0;

    for (int i = 0; i < 5_000; i++) {
      // When: mostly in order, some late, some again, and now and then a restart
      long sequence = Math.max(0, i * 3L - (random.nextInt(4) == 0 ? random.nextInt(300) : 0));
      if (random.nextInt(50) == 0) {
        window = new SourceWindow(space, PREFIX, KEEP);
      }

      // Then
      assertThat(window.add(sequence)).as("%d of %d", sequence, i).isEqualTo(model.add(sequence));
      most = Math.max(most, entries(store));
    }
    assertThat(most).isLessThan(20);

    // When
    window.clear();

    // Then
    assertThat(entries(store)).isZero();
  }

  private static int entries(EngineStore store) {
    AtomicInteger count = new AtomicInteger();
    store.forEachPrefix(new byte[0], (key, value) -> count.incrementAndGet());
    return count.get();
  }
}
