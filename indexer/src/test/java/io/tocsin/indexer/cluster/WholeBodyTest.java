package io.tocsin.indexer.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.client.transport.httpclient5.internal.HttpEntityAsyncEntityProducer;

/** What a body does on a connection that takes what it likes. */
class WholeBodyTest {

  private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A request as the client library makes it. */
  private static HttpPost request(HttpEntity entity) {
    HttpPost request = new HttpPost("http://localhost/_bulk");
    request.setEntity(entity);
    return request;
  }

  private static AsyncEntityProducer exchanged(HttpEntity entity) throws IOException {
    return WholeBody.exchanged(new HttpEntityAsyncEntityProducer(entity), request(entity));
  }

  private static HttpEntity whole(byte[] bytes) {
    return new ByteArrayEntity(bytes, NDJSON);
  }

  private static HttpEntity inParts(byte[] bytes) {
    return new InputStreamEntity(new ByteArrayInputStream(bytes), bytes.length, NDJSON);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 8 * 1024 + 1, 128 * 1024, 1_000_000})
  void aConnectionThatTakesLittleAtATimeGetsExactlyTheBytesAndOneEnd(int atATime) throws Exception {
    // Given
    byte[] bytes = bytes(300_007);
    AsyncEntityProducer body = exchanged(whole(bytes));
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
  void aBodyThatComesInPartsIsTheSame() throws Exception {
    // Given
    byte[] bytes = bytes(100_000);
    Narrow channel = new Narrow(1_000_000);
    // When
    exchanged(inParts(bytes)).produce(channel);
    // Then
    assertThat(channel.taken.toByteArray()).isEqualTo(bytes);
    assertThat(channel.ends).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-7, 7})
  void aBodyThatIsNotAsLongAsItSaysIsAnError(int more) {
    // Given
    byte[] bytes = bytes(100_000);
    HttpEntity lying =
        new HttpEntityWrapper(whole(bytes)) {
          @Override
          public long getContentLength() {
            return bytes.length + more;
          }
        };
    // When, then
    assertThatThrownBy(() -> exchanged(lying))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has 100000 bytes and says " + (100_000 + more));
  }

  @Test
  void aConnectionThatTakesNothingIsLeftAlone() throws Exception {
    // Given
    AsyncEntityProducer body = exchanged(whole(bytes(100_000)));
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
    HttpEntity entity = whole(bytes(32 * 1024));
    AsyncEntityProducer small = new HttpEntityAsyncEntityProducer(entity);
    assertThat(WholeBody.exchanged(small, request(entity))).isSameAs(small);
    assertThat(WholeBody.exchanged(null, request(null))).isNull();
  }

  @Test
  void theLibrarysBodyIsToldOfAFailure() throws Exception {
    // Given
    BasicAsyncEntityProducer given =
        new BasicAsyncEntityProducer(bytes(100_000), ContentType.APPLICATION_JSON);
    IOException broken = new IOException("broken pipe");
    // When
    WholeBody.exchanged(given, request(whole(bytes(100_000)))).failed(broken);
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
