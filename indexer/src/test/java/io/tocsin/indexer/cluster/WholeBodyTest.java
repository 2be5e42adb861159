package io.tocsin.indexer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body does on a connection that takes what it likes. */
class WholeBodyTest {

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static AsyncEntityProducer given(byte[] bytes) {
    return new BasicAsyncEntityProducer(bytes, ContentType.create("application/x-ndjson"));
  }

  private static AsyncEntityProducer exchanged(AsyncEntityProducer given) throws Exception {
    AtomicReference<AsyncEntityProducer> sent = new AtomicReference<>();
    WholeBody.EXCHANGE.execute(
        null, given, null, (request, body, scope, callback) -> sent.set(body), null);
    return sent.get();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 8 * 1024 + 1, 128 * 1024, 1_000_000})
  void aConnectionThatTakesLittleAtATimeGetsExactlyTheBytesAndOneEnd(int atATime) throws Exception {
    // Given
    byte[] bytes = bytes(300_007);
    AsyncEntityProducer body = exchanged(given(bytes));
    Narrow channel = new Narrow(atATime);
    // When
    while (channel.ends == 0) {
      assertThat(body.available()).isEqualTo(bytes.length - channel.taken.size());
      channel.room = atATime;
      body.produce(channel);
    }
    // Then
    assertThat(channel.taken.toByteArray()).isEqualTo(bytes);
    assertThat(channel.ends).isEqualTo(1);
    assertThat(body.available()).isZero();
    assertThat(body.getContentLength()).isEqualTo(bytes.length);
    assertThat(body.getContentType()).isEqualTo("application/x-ndjson");
  }

  @Test
  void aBodyThatIsShorterThanItSaysIsAnErrorAndNoLoop() {
    // Given
    byte[] bytes = bytes(100_000);
    AsyncEntityProducer shorter =
        new BasicAsyncEntityProducer(bytes, ContentType.create("application/x-ndjson")) {
          @Override
          public long getContentLength() {
            return bytes.length + 7;
          }
        };
    // When, then
    assertThatThrownBy(() -> exchanged(shorter))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("7 bytes shorter");
  }

  @Test
  void aConnectionThatTakesNothingIsLeftAlone() throws Exception {
    // Given
    AsyncEntityProducer body = exchanged(given(bytes(100_000)));
    Narrow channel = new Narrow(0);
    // When
    body.produce(channel);
    // Then
    assertThat(channel.writes).isEqualTo(1);
    assertThat(channel.ends).isZero();
    assertThat(body.available()).isEqualTo(100_000);
  }

  @Test
  void smallBodiesAndNoneAtAllAreLeftToTheLibrary() throws Exception {
    AsyncEntityProducer small = given(bytes(32 * 1024));
    assertThat(exchanged(small)).isSameAs(small);
    assertThat(exchanged(null)).isNull();
  }

  @Test
  void theLibrarysBodyIsToldOfAFailure() throws Exception {
    // Given
    BasicAsyncEntityProducer given =
        new BasicAsyncEntityProducer(bytes(100_000), ContentType.APPLICATION_JSON);
    IOException broken = new IOException("broken pipe");
    // When
    exchanged(given).failed(broken);
    // Then
    assertThat(given.getException()).isSameAs(broken);
  }

  private static final class Narrow implements DataStreamChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int room;
    private int writes;
    private int ends;

    Narrow(int room) {
      this.room = room;
    }

    @Override
    public void requestOutput() {
      // the test asks
    }

    @Override
    public int write(ByteBuffer some) {
      writes++;
      byte[] part = new byte[Math.min(room, some.remaining())];
      some.get(part);
      taken.writeBytes(part);
      room -= part.length;
      return part.length;
    }

    @Override
    public void endStream() {
      ends++;
    }

    @Override
    public void endStream(List<? extends Header> trailers) {
      ends++;
    }
  }
}
