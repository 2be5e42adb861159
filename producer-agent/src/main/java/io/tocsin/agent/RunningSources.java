package io.tocsin.agent;

import io.tocsin.agent.source.Source;
import io.tocsin.bootstrap.config.ConfigValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The sources of an agent, each with the configuration it was opened with. One thread changes them;
 * the list may be asked from any.
 */
final class RunningSources {

  private record Running(SourceConfig config, Source source) {}

  private final Consumer<List<Source>> settle;
  private Function<SourceConfig, Source> opener;
  private volatile List<Running> running = List.of();

  /**
   * No sources yet.
   *
   * @param settle waits, for a while, until what closed sources have sent is acknowledged
   */
  RunningSources(Function<SourceConfig, Source> opener, Consumer<List<Source>> settle) {
    this.opener = opener;
    this.settle = settle;
  }

  List<Source> all() {
    return running.stream().map(Running::source).toList();
  }

  /** Opens sources without starting them; when one cannot be, those before it are closed again. */
  void open(List<SourceConfig> configs) {
    running = opened(configs, opener);
  }

  void start() {
    all().forEach(Source::start);
  }

  /**
   * Makes these the sources: what stays the same goes on untouched, the others are closed or
   * opened.
   *
   * @param by opens those that are not there yet
   * @param anew whether even what stays the same is opened anew
   * @throws RuntimeException when one cannot be opened: it is then all as it was before
   */
  Reload change(List<SourceConfig> configs, Function<SourceConfig, Source> by, boolean anew) {
    List<Running> before = running;
    List<Running> kept =
        anew
            ? List.of()
            : before.stream().filter(each -> find(each.config(), configs).isPresent()).toList();
    List<Running> gone = before.stream().filter(each -> !kept.contains(each)).toList();
    List<Source> ending = gone.stream().map(Running::source).toList();
    closeAll(ending);
    settle.accept(ending);
    ending.forEach(Source::saveProgress);
    List<SourceConfig> wanted =
        configs.stream().filter(config -> running(config, kept).isEmpty()).toList();
    List<Running> fresh;
    try {
      fresh = opened(wanted, by);
    } catch (RuntimeException e) {
      List<Running> again = opened(gone.stream().map(Running::config).toList(), opener);
      running = inOrder(before.stream().map(Running::config).toList(), kept, again);
      again.forEach(each -> each.source().start());
      throw e;
    }
    running = inOrder(configs, kept, fresh);
    opener = by;
    fresh.forEach(each -> each.source().start());
    return new Reload(kept.size(), fresh.size(), gone.size());
  }

  /** All at the same time: each may take two seconds. */
  static void closeAll(List<Source> sources) {
    List<Thread> closing =
        sources.stream().map(source -> Thread.ofVirtual().start(source::close)).toList();
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Running> opened(
      List<SourceConfig> configs, Function<SourceConfig, Source> opener) {
    List<Running> opened = new ArrayList<>();
    try {
      configs.forEach(config -> opened.add(new Running(config, opener.apply(config))));
    } catch (RuntimeException e) {
      opened.forEach(each -> each.source().close());
      throw e;
    }
    return opened;
  }

  private static List<Running> inOrder(
      List<SourceConfig> configs, List<Running> kept, List<Running> fresh) {
    return configs.stream()
        .map(config -> running(config, kept).or(() -> running(config, fresh)))
        .map(Optional::orElseThrow)
        .toList();
  }

  private static Optional<Running> running(SourceConfig config, List<Running> among) {
    return among.stream().filter(each -> ConfigValues.same(each.config(), config)).findFirst();
  }

  private static Optional<SourceConfig> find(SourceConfig config, List<SourceConfig> among) {
    return among.stream().filter(each -> ConfigValues.same(each, config)).findFirst();
  }
}
