package io.tocsin.faults.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.faults.notifier.SlackChannel.Account;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The campaign against the notifier in short, and that it would see what it looks for. */
class NotifierCampaignTest {

  private static final String POST = "/slack/chat.postMessage";
  private static final String UPDATE = "/slack/chat.update";

  private final SlackChannel channel = new SlackChannel();
  private final Incidents incidents = new Incidents();

  @Test
  void twoKillsLoseAndDoubleNothing() {
    // When
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(new NotifierCampaign())
            .setOut(new PrintWriter(said, true))
            .execute("--rounds", "2", "--seed", "5", "--longest-life-ms", "600");

    // Then
    assertThat(status).as(said.toString()).isZero();
  }

  @Test
  void anEpisodeThatIsChangedInPlaceIsOneMessage() throws IOException {
    String ts = post(POST, "[firing] high campaign: episode-0.");
    assertThat(channel.account(1, true)).isEqualTo(new Account(1, 0, 1));
    channel.take(UPDATE, message(ts, "[resolved] high campaign: episode-0."));
    assertThat(channel.account(1, true)).isEqualTo(new Account(0, 0, 0));
  }

  @Test
  void aMessageTooManyIsSeen() throws IOException {
    post(POST, "[firing] high campaign: episode-0.");
    post(POST, "[fired and resolved] high campaign: episode-0.");
    assertThat(channel.account(1, true)).isEqualTo(new Account(0, 1, 1));
    assertThat(channel.account(1, false)).isEqualTo(new Account(0, 1, 0));
  }

  @Test
  void firingAndResolvedAreTwoMessagesWhereNoneCanBeChanged() throws IOException {
    post("/webhook", "[firing] high campaign: episode-0.");
    post("/webhook", "[resolved] high campaign: episode-0.");
    post("/webhook", "[fired and resolved] high campaign: episode-1.");
    assertThat(channel.account(2, false)).isEqualTo(new Account(0, 0, 0));
    assertThat(channel.account(11, false)).isEqualTo(new Account(9, 0, 0));
  }

  @Test
  void anEpisodeThatIsToldToFireLastIsNotOver() throws IOException {
    post("/webhook", "[fired and resolved] high campaign: episode-0.");
    post("/webhook", "[firing] high campaign: episode-0.");
    assertThat(channel.account(1, false).untold()).isOne();
  }

  @Test
  void anIncidentThatIsOpenedAgainOrNeverIsSeen() throws IOException {
    for (String event : new String[] {"a trigger", "a trigger", "a resolve", "a resolve"}) {
      event(event);
    }
    event("b trigger");
    event("b resolve");
    event("b trigger");
    event("c resolve");
    assertThat(incidents.count("opened resolved")).isOne();
    assertThat(incidents.count("opened resolved opened")).isOne();
    assertThat(incidents.count()).isEqualTo(2);
  }

  private String post(String path, String text) throws IOException {
    String answer = channel.take(path, message("", text)).body();
    return answer.replaceAll(".*\"ts\":\"([^\"]*)\".*", "$1");
  }

  private static String message(String ts, String text) {
    return "{\"ts\":\"" + ts + "\",\"text\":\"" + text + "\"}";
  }

  private void event(String keyAndAction) throws IOException {
    String[] parts = keyAndAction.split(" ", -1);
    incidents.take(
        "/", "{\"dedup_key\":\"" + parts[0] + "\",\"event_action\":\"" + parts[1] + "\"}");
  }
}
