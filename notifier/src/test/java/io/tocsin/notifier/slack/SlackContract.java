package io.tocsin.notifier.slack;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slack's incoming webhooks, as documented: the payload's schema, its limits, the words it answers.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">blocks and their limits</a>
 */
public final class SlackContract {

  private static final Set<String> KEYS =
      Set.of("text", "blocks", "attachments", "thread_ts", "mrkdwn", "unfurl_links");

  private SlackContract() {}

  /** {@code ok}, or the word for what is wrong. */
  public static Reply answer(Call call) {
    if (!call.header("Content-Type").startsWith("application/json")) {
      return Reply.of(400, "invalid_payload");
    }
    try {
      String wrong = check(EventCodec.decodeObject(call.body().getBytes(StandardCharsets.UTF_8)));
      return wrong.isEmpty() ? Reply.of(200, "ok") : Reply.of(400, wrong);
    } catch (MalformedEventException | ClassCastException e) {
      return Reply.of(400, "invalid_payload");
    }
  }

  private static String check(Map<String, Object> message) {
    if (!KEYS.containsAll(message.keySet())) {
      return "invalid_payload";
    }
    return wrongContent(message);
  }

  /** What is wrong with text and blocks; empty when nothing is. */
  static String wrongContent(Map<String, Object> message) {
    if (!(message.get("text") instanceof String text) || text.isEmpty()) {
      return "no_text";
    }
    if (text.length() > 40_000) {
      return "msg_too_long";
    }
    List<?> blocks = (List<?>) message.getOrDefault("blocks", List.of());
    boolean good = blocks.size() <= 50 && blocks.stream().allMatch(SlackContract::isBlock);
    return good ? "" : "invalid_blocks";
  }

  private static boolean isBlock(Object block) {
    Map<?, ?> map = (Map<?, ?>) block;
    return switch ((String) map.get("type")) {
      case "section" ->
          map.keySet().equals(Set.of("type", "text")) && isText(map.get("text"), 3_000);
      case "context" -> {
        List<?> elements = (List<?>) map.get("elements");
        yield !elements.isEmpty()
            && elements.size() <= 10
            && elements.stream().allMatch(element -> isText(element, 3_000));
      }
      case "header" -> isText(map.get("text"), 150);
      case "divider" -> true;
      default -> false;
    };
  }

  private static boolean isText(Object object, int limit) {
    Map<?, ?> text = (Map<?, ?>) object;
    String value = (String) text.get("text");
    boolean plain = "plain_text".equals(text.get("type"));
    return (plain || "mrkdwn".equals(text.get("type")))
        && !value.isEmpty()
        && value.length() <= limit
        // An entity that was cut in half shows as rubbish, and a bare bracket is a command.
        && (plain || !value.replaceAll("&(amp|lt|gt);", "").contains("&"))
        && (plain || !value.contains("<!channel>"));
  }
}
