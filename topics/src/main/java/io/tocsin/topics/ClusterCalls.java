package io.tocsin.topics;

import io.tocsin.bootstrap.UserError;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Waits for a cluster's answers, and says in plain words why one did not come. */
record ClusterCalls(String servers, Duration timeout) {

  /** An answer that may be a refusal. */
  interface Refusable {
    /**
     * Whether the refusal is as good as success, as when somebody else did the same just before.
     */
    boolean isFine(Throwable refusal);
  }

  <T> T answer(KafkaFuture<T> future, String doing) {
    try {
      return await(future, doing);
    } catch (ExecutionException e) {
      throw explain(e.getCause() == null ? e : e.getCause(), doing);
    }
  }

  void done(KafkaFuture<Void> future, String doing, Refusable refusable) {
    try {
      await(future, doing);
    } catch (ExecutionException e) {
      Throwable refusal = e.getCause() == null ? e : e.getCause();
      if (!refusable.isFine(refusal)) {
        throw explain(refusal, doing);
      }
    }
  }

  UserError unreachable() {
    return new UserError(
        "Kafka at " + servers + " did not answer within " + timeout.toSeconds() + " s",
        "start it, or check bootstrap-servers and the network between");
  }

  private <T> T await(KafkaFuture<T> future, String doing) throws ExecutionException {
    try {
      // The client gives up by itself; a little more lets its own reason be heard.
      return future.get(timeout.toMillis() + 5_000, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted while " + doing, "run it again: what is done stays done");
    }
  }

  UserError explain(Throwable refusal, String doing) {
    return switch (refusal) {
      case TimeoutException ignored -> unreachable();
      case AuthenticationException e ->
          new UserError(
              "Kafka at " + servers + " does not let us in: " + e.getMessage(),
              "check the security settings under kafka");
      case AuthorizationException e ->
          new UserError(
              "Kafka at " + servers + " forbids " + doing + ": " + e.getMessage(),
              "grant CREATE, DESCRIBE, ALTER and the CONFIGS of both on these topics");
      default ->
          new UserError(
              "Kafka at " + servers + " refused " + doing + ": " + refusal.getMessage(),
              "mend the definition and apply again: what is done stays done");
    };
  }
}
