package io.tocsin.agent.source.http;

import io.tocsin.bootstrap.http.Request;
import io.tocsin.bootstrap.http.Response;
import io.tocsin.event.LogEvent;
import java.time.Instant;
import java.util.List;

/** How events are written in requests, and what is said to them. Thread-safe. */
interface Dialect {

  /** What stood in a request. */
  interface Reading {

    /** Without host, source and id. */
    List<LogEvent> events();

    /** When all of them are on the disk. */
    Response taken();
  }

  /** Whether bodies may be compressed by gzip. */
  boolean takesGzip();

  /**
   * Reads a whole body.
   *
   * @param receivedAt the time of events that have none
   * @throws BadEventException when nothing of it can be taken
   * @throws io.tocsin.bootstrap.http.HttpProblem when it is of another kind
   */
  Reading read(Request request, byte[] body, Instant receivedAt);

  /** When nothing of a request is taken, for a reason that lies outside of its events. */
  Response refused(Request request, int status, String why);

  /** When an event of it cannot be taken, and so nothing is. */
  Response bad(Request request, BadEventException e);
}
