package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.bootstrap.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows works as it stands there. */
class NotificationsGuideTest {

  private static final Path GUIDE = Path.of("../docs/guides/notifications.md");
  private static final Map<String, String> SECRETS =
      Map.of(
          "slack-webhook", "https://hooks.slack.com/services/T0/B0/x",
          "slack-token", "xoxb-1-x",
          "pagerduty-key", "0123456789abcdef0123456789abcdef",
          "smtp-password", "x",
          "telegram-token", "123456:ABC-DEF",
          "webhook-key", "x",
          "worker-token", "Bearer x");

  @Test
  void everyFileInTheGuideIsReadAndEveryKindIsShown(@TempDir Path folder) throws IOException {
    // Given
    for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
      Files.writeString(folder.resolve(secret.getKey()), secret.getValue());
    }

    // When
    Set<Class<?>> kinds = new HashSet<>();
    for (String yaml : blocks()) {
      String here = yaml.replace("file: /etc/tocsin/", "file: " + folder + "/");
      NotifierConfig config = ConfigReader.read("guide", here, NotifierConfig.class);
      config.receivers().values().forEach(receiver -> kinds.add(receiver.getClass()));
    }

    // Then
    assertThat(kinds).containsExactlyInAnyOrder(ReceiverConfig.class.getPermittedSubclasses());
  }

  private static List<String> blocks() throws IOException {
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(GUIDE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .filter(yaml -> !yaml.startsWith("rules:")) // is read where rules are
        .toList();
  }
}
