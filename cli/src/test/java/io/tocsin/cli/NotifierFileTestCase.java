package io.tocsin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A notifier's file with a receiver of each kind, its secrets beside it. */
abstract class NotifierFileTestCase {

  static final String KEY = "0123456789abcdef0123456789ABCDEF";

  static final String NOTIFIER =
      """
      webhook-hosts: [127.0.0.1]
      receivers:
        ops-slack: { slack: { webhook-url: { file: FOLDER/slack } } }
        ops-bot: { slack-bot: { token: { file: FOLDER/bot }, channel: "#ops" } }
        on-call: { pagerduty: { routing-key: { file: FOLDER/key } } }
        support:
          email:
            host: smtp.example.com
            username: tocsin
            password: { file: FOLDER/key }
            from: Tocsin <tocsin@example.com>
            to: [support@example.com]
        night: { telegram: { token: { file: FOLDER/token }, chat: "-1" } }
        restart:
          webhook:
            url: "http://127.0.0.1:PORT/units/{{group.service}}"
            on: [firing]
            headers: { Authorization: { file: FOLDER/key } }
            signing-key: { file: FOLDER/key }
        screen: { terminal: {} }
      route:
        receivers: [screen]
        routes:
          - match: { severity: high }
            receivers: [ops-slack, on-call]
            routes:
              - match: { service: worker }
                receivers: [restart]
          - match:
              service: [ui, "web-*"]
              hours: { from: "09:00", to: "18:00", zone: Europe/Istanbul }
            receivers: [support]
      """;

  @TempDir Path folder;
  String config = "";

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("slack"), "https://hooks.slack.com/services/T0/B0/" + KEY);
    Files.writeString(folder.resolve("key"), KEY + "\n");
    Files.writeString(folder.resolve("bot"), "xoxb-" + KEY);
    Files.writeString(folder.resolve("token"), "123456:" + KEY);
    config = file("notifier.yaml", filled(NOTIFIER, 1));
  }

  final String filled(String yaml, int port) {
    return yaml.replace("FOLDER", folder.toString()).replace("PORT", Integer.toString(port));
  }

  final String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
