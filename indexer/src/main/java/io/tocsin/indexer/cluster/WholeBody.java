package io.tocsin.indexer.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A request's body in as large pieces as the connection takes. The client library's own producer
 * writes 8 KiB each time its event loop comes round, which for a bulk request is a hundred rounds.
 * For one event loop.
 */
final class WholeBody implements AsyncEntityProducer {

  /** Puts large bodies in the place of the library's. */
  static final AsyncExecChainHandler EXCHANGE =
      (request, body, scope, chain, callback) ->
          chain.proceed(request, isLarge(body) ? new WholeBody(body) : body, scope, callback);

  private static final int LARGE = 32 * 1024;

  /** The JVM copies each piece into native memory that it keeps for each thread. */
  private static final int PIECE = 128 * 1024;

  private final AsyncEntityProducer given;
  private final ByteBuffer bytes;

  private WholeBody(AsyncEntityProducer given) throws IOException {
    this.given = given;
    this.bytes = ByteBuffer.allocate(Math.toIntExact(given.getContentLength()));
    while (bytes.hasRemaining()) {
      int left = bytes.remaining();
      given.produce(new Sponge(bytes));
      if (bytes.remaining() == left) {
        throw new IOException("the request's body is " + left + " bytes shorter than it says");
      }
    }
    bytes.flip();
  }

  private static boolean isLarge(@Nullable AsyncEntityProducer body) {
    return body != null
        && !body.isChunked()
        && body.getContentLength() > LARGE
        && body.getContentLength() <= Integer.MAX_VALUE;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    boolean taken = true;
    while (taken && bytes.hasRemaining()) {
      ByteBuffer piece = bytes.slice(bytes.position(), Math.min(PIECE, bytes.remaining()));
      channel.write(piece);
      bytes.position(bytes.position() + piece.position());
      taken = !piece.hasRemaining();
    }
    if (!bytes.hasRemaining()) {
      channel.endStream();
    }
  }

  @Override
  public int available() {
    return bytes.remaining();
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void failed(Exception cause) {
    given.failed(cause);
  }

  @Override
  public void releaseResources() {
    given.releaseResources();
  }

  @Override
  public long getContentLength() {
    return given.getContentLength();
  }

  @Override
  public String getContentType() {
    return given.getContentType();
  }

  @Override
  public String getContentEncoding() {
    return given.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return false;
  }

  @Override
  public Set<String> getTrailerNames() {
    return given.getTrailerNames();
  }

  /** Takes all that is written, at once. */
  private record Sponge(ByteBuffer bytes) implements DataStreamChannel {

    @Override
    public void requestOutput() {
      // It never has to be asked again.
    }

    @Override
    public int write(ByteBuffer some) {
      int length = some.remaining();
      bytes.put(some);
      return length;
    }

    @Override
    public void endStream() {
      // The length says where the end is.
    }

    @Override
    public void endStream(List<? extends Header> trailers) {
      // A body of known length has none.
    }
  }
}
