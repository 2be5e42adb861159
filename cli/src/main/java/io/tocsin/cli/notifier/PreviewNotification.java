package io.tocsin.cli.notifier;

import io.tocsin.bootstrap.UserError;
import io.tocsin.event.Alert;
import io.tocsin.event.Alert.Status;
import io.tocsin.event.EventCodec;
import io.tocsin.event.MalformedEventException;
import io.tocsin.notifier.Trial;
import io.tocsin.notifier.pipeline.Notification.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin notifier preview}. */
@Command(
    name = "preview",
    description = {
      "Prints exactly what a receiver would be sent about an alert, with its secrets masked.",
      "Sends nothing."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  curl -s 127.0.0.1:8080/alerts | jq '.alerts[0]' > alert.json",
      "  tocsin notifier preview --config notifier.yaml \\",
      "      --receiver ops-slack --alert alert.json"
    })
public final class PreviewNotification implements Callable<Integer> {

  @Mixin private NotifierOption option = new NotifierOption();

  @Option(names = "--receiver", paramLabel = "NAME", required = true, description = "who")
  private String receiver = "";

  @Option(
      names = "--alert",
      paramLabel = "FILE",
      required = true,
      description = "a transition as JSON, as it stands on tocsin.alerts")
  private Path alert = Path.of("alert.json");

  @Option(
      names = "--brief",
      description = "as one that was over before it could be told; takes a resolved alert")
  private boolean brief;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Trial trial = new Trial(option.read().config(), receiver, Clock.systemUTC());
    Alert about = read(alert);
    Kind kind = kind(about);
    print(spec.commandLine().getOut(), receiver, kind, trial.preview(kind, about));
    return 0;
  }

  static void print(PrintWriter out, String receiver, Kind kind, List<String> calls) {
    if (calls.isEmpty()) {
      out.println(receiver + " is told nothing of this kind: " + word(kind));
    }
    for (String call : calls) {
      out.println(call.stripTrailing());
      out.println();
    }
  }

  static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Kind kind(Alert about) {
    if (about.status() == Status.FIRING) {
      if (brief) {
        throw new UserError("the alert in " + alert + " still fires", "leave --brief out");
      }
      return Kind.FIRING;
    }
    return brief ? Kind.BRIEF : Kind.RESOLVED;
  }

  private static Alert read(Path file) {
    try {
      return EventCodec.decodeAlert(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserError(file + " cannot be read", "check the path");
    } catch (MalformedEventException e) {
      throw new UserError(
          file + " holds no alert: " + e.getMessage(),
          "give one JSON object as it stands on tocsin.alerts");
    }
  }
}
