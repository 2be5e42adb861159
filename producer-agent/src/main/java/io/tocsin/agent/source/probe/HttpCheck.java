package io.tocsin.agent.source.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does a web server answer GET? A connection of its own each time, on a bare socket: that can be
 * cut at any moment, a client's pool would hide a dead listener behind a living connection, and a
 * resumed TLS session would show no certificate. The answer counts when its head is there (RFC
 * 9112); a redirect is an answer and is not followed.
 */
final class HttpCheck implements Check {

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
  private static final int MOST_HEADERS = 200;

  private final URI url;
  private final @Nullable Integer wanted;
  private final Duration timeout;
  private final Tls tls;
  private final LongSupplier nanoTime;
  private final Wire wire = new Wire();
  private volatile Map<String, Object> measured = Map.of();

  HttpCheck(URI url, @Nullable Integer wanted, Duration timeout, Tls tls, LongSupplier nanoTime) {
    this.url = url;
    this.wanted = wanted;
    this.timeout = timeout;
    this.tls = tls;
    this.nanoTime = nanoTime;
  }

  @Override
  public Finding run() throws IOException {
    long began = nanoTime.getAsLong();
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    Address address = new Address(Address.withoutBrackets(url.getHost()), port);
    Socket plain = wire.open(address, timeout);
    Socket socket =
        secure
            ? tls.over(plain, address, days -> measured = Map.of("certificate_days", days))
            : plain;
    ask(socket.getOutputStream());
    int status = readHead(new BufferedInputStream(socket.getInputStream()));
    long took = nanoTime.getAsLong() - began;
    boolean well = wanted == null ? status < 400 : status == wanted;
    return well
        ? Finding.well("HTTP " + status, took, measured)
        : Finding.wrong("HTTP " + status, took, measured);
  }

  private void ask(OutputStream out) throws IOException {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    String request =
        String.join(
            "\r\n",
            "GET " + path + query + " HTTP/1.1",
            "Host: " + host,
            "User-Agent: tocsin-probe",
            "Accept: */*",
            "Connection: close",
            "",
            "");
    out.write(request.getBytes(US_ASCII));
    out.flush();
  }

  private static int readHead(InputStream in) throws IOException {
    int status = 100;
    while (status < 200) { // 1xx come before the answer
      Matcher line = STATUS_LINE.matcher(Wire.readLine(in));
      if (!line.matches()) {
        throw new ProtocolException("the answer is not HTTP");
      }
      status = Integer.parseInt(line.group(1));
      skipHeaders(in);
    }
    return status;
  }

  private static void skipHeaders(InputStream in) throws IOException {
    for (int i = 0; i < MOST_HEADERS; i++) {
      if (Wire.readLine(in).isEmpty()) {
        return;
      }
    }
    throw new ProtocolException("the answer has more than " + MOST_HEADERS + " headers");
  }

  @Override
  public Map<String, Object> measured() {
    return measured;
  }

  @Override
  public void close() {
    wire.close();
  }
}
