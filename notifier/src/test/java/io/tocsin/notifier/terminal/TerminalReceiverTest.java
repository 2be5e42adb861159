package io.tocsin.notifier.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.event.Alert;
import io.tocsin.notifier.Alerts;
import io.tocsin.notifier.pipeline.Notification;
import io.tocsin.notifier.pipeline.Notification.Kind;
import io.tocsin.notifier.pipeline.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalReceiverTest {

  private final List<String> lines = new ArrayList<>();
  private final TerminalReceiver receiver = new TerminalReceiver("terminal", lines::add);

  @Test
  void aTransitionIsOneLine() {
    // When
    receiver.deliver(new Notification(Kind.FIRING, Alerts.firing("api-down", 1), null));
    receiver.deliver(new Notification(Kind.RESOLVED, Alerts.resolved("api-down", 1), null));
    Outcome last =
        receiver.deliver(new Notification(Kind.BRIEF, Alerts.resolved("api-down", 2), null));

    // Then
    assertThat(last).isEqualTo(Outcome.delivered());
    assertThat(lines)
        .containsExactly(
            "FIRING   high  api-down [service=api]  7 errors in 1m from api (api-down 1)"
                + "  since 2025-12-10 12:00:05 UTC"
                + "  runbook: docs/operations/runbook.md#api-errors",
            "RESOLVED high  api-down [service=api]  7 errors in 1m from api (api-down 1)"
                + "  after 3m 10s  runbook: docs/operations/runbook.md#api-errors",
            "FIRED AND RESOLVED high  api-down [service=api]  7 errors in 1m from api (api-down 2)"
                + "  after 3m 10s  runbook: docs/operations/runbook.md#api-errors");
  }

  @Test
  void whatALogLineSaysCannotMoveTheCursorOrForgeALine() {
    String hostile = "gone\u001b[2J\r\nRESOLVED high \u202e" + "x".repeat(900);
    Alert alert = Alerts.saying(Alerts.firing("r", 1), "r", hostile, Map.of("g", "\u2028"));
    receiver.deliver(new Notification(Kind.FIRING, alert, null));
    assertThat(lines.getFirst())
        .startsWith("FIRING   high  r [g= ]  gone [2J RESOLVED high  x")
        .hasSize(500)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028\u2029]");
  }
}
