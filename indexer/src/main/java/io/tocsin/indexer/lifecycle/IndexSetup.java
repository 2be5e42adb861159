package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tocsin.indexer.cluster.Call;
import io.tocsin.indexer.cluster.Cluster;
import io.tocsin.indexer.cluster.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings the templates of Tocsin's indices into a cluster. Idempotent: a template that is as it
 * should be is left alone. Indices that exist keep the mapping they were made with.
 */
public final class IndexSetup {

  private final Cluster cluster;
  private final List<Template> templates;

  public IndexSetup(Cluster cluster, IndexSettings settings) {
    this.cluster = cluster;
    this.templates = Template.all(settings);
  }

  /**
   * What {@link #apply} would do now, one step for each template.
   *
   * @throws SetupFailedException when the cluster does not tell
   */
  public List<SetupStep> plan() throws SetupFailedException, InterruptedException {
    List<SetupStep> steps = new ArrayList<>();
    for (Template template : templates) {
      steps.add(step(template));
    }
    return steps;
  }

  /**
   * Makes the difference.
   *
   * @return the steps that were taken
   * @throws SetupFailedException when the cluster refuses or is away; some steps may be done
   */
  public List<SetupStep> apply() throws SetupFailedException, InterruptedException {
    List<SetupStep> steps = plan();
    for (SetupStep step : steps) {
      switch (step) {
        case SetupStep.Create(String what, Template template) -> put(template);
        case SetupStep.Update(String what, Template template) -> put(template);
        case SetupStep.Keep keep -> {}
        case SetupStep.KeepNewer newer -> {}
      }
    }
    return steps;
  }

  private SetupStep step(Template template) throws SetupFailedException, InterruptedException {
    return switch (cluster.send(Call.get(template.path(), Map.of()))) {
      case Reply.Answered(int status, byte[] body) when status == 404 ->
          new SetupStep.Create(template.what(), template);
      case Reply.Answered(int status, byte[] body) when status == 200 -> compared(template, body);
      case Reply reply -> throw failed(template, reply);
    };
  }

  private static SetupStep compared(Template template, byte[] existing)
      throws SetupFailedException {
    try {
      return template.stepFrom(existing);
    } catch (JsonProcessingException e) {
      throw new SetupFailedException("the answer is not OpenSearch's: " + e.getOriginalMessage());
    }
  }

  private void put(Template template) throws SetupFailedException, InterruptedException {
    Reply reply = cluster.send(Call.put(template.path(), template.json()));
    if (!(reply instanceof Reply.Answered(int status, byte[] body) && status == 200)) {
      throw failed(template, reply);
    }
  }

  private static SetupFailedException failed(Template template, Reply reply) {
    return new SetupFailedException(
        template.what()
            + ": "
            + switch (reply) {
              case Reply.Answered(int status, byte[] body) ->
                  "HTTP " + status + " " + new String(body, StandardCharsets.UTF_8);
              case Reply.Unanswered(String reason, String detail) -> reason + " (" + detail + ")";
            });
  }
}
