package io.tocsin.indexer.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.Request;
import org.opensearch.client.transport.GenericSerializable;

/**
 * A call as the client library takes it. The library's own request would be copied piece by piece
 * into a buffer that grows; this one is copied at once.
 */
record Message(Call call) implements Request, GenericSerializable {

  @Override
  public String getMethod() {
    return call.method();
  }

  @Override
  public String getEndpoint() {
    return call.path();
  }

  @Override
  public Map<String, String> getParameters() {
    return call.parameters();
  }

  @Override
  public Collection<Map.Entry<String, String>> getHeaders() {
    return List.of();
  }

  @Override
  public Optional<Body> getBody() {
    return call.length() == 0
        ? Optional.empty()
        : Optional.ofNullable(
            Body.from(new ByteArrayInputStream(call.body(), 0, call.length()), call.type()));
  }

  /** Returns the content type. */
  @Override
  public String serialize(OutputStream out) {
    try {
      out.write(call.body(), 0, call.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return call.type();
  }
}
