package io.tocsin.notifier.slack;

import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.http.ContractServer.Call;
import io.tocsin.notifier.http.ContractServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slack's chat.postMessage and chat.update, as documented: arguments, limits, words, a bot's token,
 * a channel that keeps its messages, and when asked for, its rate limit.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</a>
 * @see <a href="https://docs.slack.dev/reference/methods/chat.update">chat.update</a>
 */
public final class SlackApiContract {

  /** The one channel there is, by id and by name. */
  public static final String CHANNEL = "C024BE91L";

  private static final String NAME = "#ops";

  /** So many messages may come at once, on top of one a second. */
  private static final int BURST = 5;

  private static final Set<String> POST =
      Set.of(
          "channel",
          "text",
          "blocks",
          "thread_ts",
          "reply_broadcast",
          "unfurl_links",
          "unfurl_media");
  private static final Set<String> UPDATE = Set.of("channel", "ts", "text", "blocks");

  /** A message as the channel shows it. */
  public record Message(
      String ts, String text, List<?> blocks, String thread, boolean broadcast, int edits) {}

  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Deque<Long> posted = new ArrayDeque<>();
  private final String token;
  private final boolean limited;
  private int limits;

  public SlackApiContract(String token, boolean limited) {
    this.token = token;
    this.limited = limited;
  }

  /** What stands in the channel, oldest first. */
  public synchronized List<Message> messages() {
    return new ArrayList<>(messages.values());
  }

  /** How often it asked for patience. */
  public synchronized int limits() {
    return limits;
  }

  /** Somebody deletes a message. */
  public synchronized void delete(String ts) {
    messages.remove(ts);
  }

  public synchronized Reply answer(Call call) {
    if (!call.header("Content-Type").startsWith("application/json")) {
      return refused("invalid_form_data");
    }
    if (call.header("Authorization").isEmpty()) {
      return refused("not_authed");
    }
    if (!call.header("Authorization").equals("Bearer " + token)) {
      return refused("invalid_auth");
    }
    try {
      Map<String, Object> arguments =
          EventCodec.decodeObject(call.body().getBytes(StandardCharsets.UTF_8));
      return call.path().endsWith("/chat.update")
          ? update(arguments)
          : call.path().endsWith("/chat.postMessage") ? post(arguments) : refused("unknown_method");
    } catch (MalformedEventException | ClassCastException e) {
      return refused("invalid_arguments");
    }
  }

  private Reply post(Map<String, Object> arguments) {
    Object channel = arguments.get("channel");
    String thread = (String) arguments.getOrDefault("thread_ts", "");
    String wrong = wrong(arguments, POST);
    if (!wrong.isEmpty()) {
      return refused(wrong);
    }
    if (!CHANNEL.equals(channel) && !NAME.equals(channel)) {
      return refused("channel_not_found");
    }
    if (arguments.containsKey("reply_broadcast") && thread.isEmpty()) {
      return refused("invalid_arguments");
    }
    if (!thread.isEmpty() && !messages.containsKey(thread)) {
      return refused("thread_not_found");
    }
    if (limited && isTooMuch()) {
      limits++;
      return new Reply.Answer(
          429, "{\"ok\":false,\"error\":\"ratelimited\"}", Map.of("Retry-After", "1"));
    }
    String ts = "1765368005." + String.format("%06d", messages.size() + 100);
    messages.put(ts, message(ts, arguments, thread, 0));
    return done(ts);
  }

  private Reply update(Map<String, Object> arguments) {
    String wrong = wrong(arguments, UPDATE);
    if (!wrong.isEmpty()) {
      return refused(wrong);
    }
    if (!CHANNEL.equals(arguments.get("channel"))) {
      return refused("channel_not_found");
    }
    Message before = messages.get((String) arguments.get("ts"));
    if (before == null) {
      return refused("message_not_found");
    }
    Message after = message(before.ts(), arguments, before.thread(), before.edits() + 1);
    messages.put(before.ts(), after);
    return done(before.ts());
  }

  private static Message message(String ts, Map<String, Object> said, String thread, int edits) {
    return new Message(
        ts,
        (String) said.get("text"),
        (List<?>) said.getOrDefault("blocks", List.of()),
        thread,
        Boolean.TRUE.equals(said.get("reply_broadcast")),
        edits);
  }

  private static String wrong(Map<String, Object> arguments, Set<String> known) {
    return known.containsAll(arguments.keySet())
        ? SlackContract.wrongContent(arguments)
        : "invalid_arguments";
  }

  private boolean isTooMuch() {
    long now = System.nanoTime();
    long window = Duration.ofSeconds(BURST).toNanos();
    while (!posted.isEmpty() && now - posted.getFirst() > window) {
      posted.removeFirst();
    }
    if (posted.size() >= 2 * BURST) {
      return true;
    }
    posted.addLast(now);
    return false;
  }

  private static Reply done(String ts) {
    return Reply.of(
        200, "{\"ok\":true,\"channel\":\"" + CHANNEL + "\",\"ts\":\"" + ts + "\",\"message\":{}}");
  }

  /** As the Web API says no: with a word, and mostly with the status 200. */
  public static Reply refused(String error) {
    return Reply.of(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
  }
}
