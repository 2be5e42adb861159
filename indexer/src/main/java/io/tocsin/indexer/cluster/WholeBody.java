package io.tocsin.indexer.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpEntityContainer;
import org.apache.hc.core5.http.HttpRequest;
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
          chain.proceed(request, exchanged(body, scope.originalRequest), scope, callback);

  private static final int LARGE = 32 * 1024;

  /** The JVM copies each piece into native memory that it keeps for each thread. */
  private static final int PIECE = 128 * 1024;

  private final AsyncEntityProducer given;
  private final ByteBuffer bytes;

  private WholeBody(AsyncEntityProducer given, ByteBuffer bytes) {
    this.given = given;
    this.bytes = bytes;
  }

  /** What is sent for {@code original} in the place of the body given. */
  static @Nullable AsyncEntityProducer exchanged(
      @Nullable AsyncEntityProducer given, HttpRequest original) throws IOException {
    if (given == null
        || !isLarge(given)
        || !(original instanceof HttpEntityContainer container)
        || container.getEntity() == null) {
      return given;
    }
    int length = Math.toIntExact(given.getContentLength());
    Kept kept = new Kept(length);
    container.getEntity().writeTo(kept);
    return new WholeBody(given, kept.bytes());
  }

  private static boolean isLarge(AsyncEntityProducer body) {
    return !body.isChunked()
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

  /** Keeps an array that is written whole instead of copying it. */
  private static final class Kept extends OutputStream {
    private final int length;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream(0);
    private ByteBuffer whole = ByteBuffer.allocate(0);

    Kept(int length) {
      this.length = length;
    }

    @Override
    public void write(int b) {
      parts.write(b);
    }

    @Override
    public void write(byte[] some, int from, int count) {
      if (count == length && !whole.hasRemaining()) {
        whole = ByteBuffer.wrap(some, from, count).slice();
      } else {
        parts.write(some, from, count);
      }
    }

    ByteBuffer bytes() throws IOException {
      int count = whole.remaining() + parts.size();
      if (count != length) {
        throw new IOException("the request's body has " + count + " bytes and says " + length);
      }
      return whole.hasRemaining() ? whole : ByteBuffer.wrap(parts.toByteArray());
    }
  }
}
