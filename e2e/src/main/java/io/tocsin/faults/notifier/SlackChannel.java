package io.tocsin.faults.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.faults.notifier.FickleServer.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A channel that keeps its messages, by chat.postMessage and chat.update or by an incoming webhook.
 * Thread-safe.
 */
final class SlackChannel implements FickleServer.Taker {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHANNEL = "C0CAMPAIGN";
  private static final String FIRING = "[firing]";

  /** What each message says now, oldest first, by its time stamp. */
  private final Map<String, String> messages = new LinkedHashMap<>();

  private long stamps;

  @Override
  public synchronized Answer take(String path, String body) throws IOException {
    JsonNode message = JSON.readTree(body);
    String text = message.path("text").asText();
    if (path.endsWith("/chat.update")) {
      String ts = message.path("ts").asText();
      return messages.replace(ts, text) == null
          ? new Answer(200, "{\"ok\":false,\"error\":\"message_not_found\"}")
          : done(ts);
    }
    String ts = "1." + ++stamps;
    messages.put(ts, text);
    return path.endsWith("/chat.postMessage") ? done(ts) : new Answer(200, "ok");
  }

  private static Answer done(String ts) {
    return new Answer(200, "{\"ok\":true,\"channel\":\"" + CHANNEL + "\",\"ts\":\"" + ts + "\"}");
  }

  /**
   * What the channel says of some episodes.
   *
   * @param untold episodes of which it does not say that they are over
   * @param doubled messages on top of what each episode needs
   * @param stale messages that still say of an episode that it fires
   */
  record Account(int untold, int doubled, int stale) {}

  /**
   * Counts.
   *
   * @param inPlace whether an episode needs one message, and not one for each of its ends
   */
  synchronized Account account(int episodes, boolean inPlace) {
    Map<String, List<String>> said = new HashMap<>();
    for (String text : messages.values()) {
      String episode = text.substring(text.lastIndexOf(' ') + 1);
      said.computeIfAbsent(episode, e -> new ArrayList<>()).add(text);
    }
    int untold = 0;
    int doubled = 0;
    int stale = 0;
    for (int episode = 0; episode < episodes; episode++) {
      List<String> texts = said.getOrDefault(AlertStream.name(episode), List.of());
      int firing = (int) texts.stream().filter(text -> text.startsWith(FIRING)).count();
      boolean over = !texts.isEmpty() && !texts.getLast().startsWith(FIRING);
      untold += over ? 0 : 1;
      doubled += Math.max(0, texts.size() - needed(texts, inPlace));
      stale += inPlace ? firing : 0;
    }
    return new Account(untold, doubled, stale);
  }

  /** A firing and a resolve are two messages where none can be changed; what was brief is one. */
  private static int needed(List<String> texts, boolean inPlace) {
    return inPlace || texts.stream().anyMatch(text -> text.startsWith("[fired")) ? 1 : 2;
  }

  synchronized int size() {
    return messages.size();
  }
}
