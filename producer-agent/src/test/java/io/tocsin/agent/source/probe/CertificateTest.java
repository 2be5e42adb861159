package io.tocsin.agent.source.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tocsin.event.Telemetry;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS: certificate-expires reads {@code kind probe} and {@code values.certificate_days}. */
@Timeout(120)
class CertificateTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path dir;
  private static KeyStore keys;
  private static HttpsServer server;
  private static Instant end;

  @BeforeAll
  static void serve() throws Exception {
    Path file = dir.resolve("keys.p12");
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-validity",
                "90",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(exit).isZero();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    end = ((X509Certificate) keys.getCertificate("a")).getNotAfter().toInstant();
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    // By default one thread serves all: a connection that closes slowly would hold up the next.
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void aTrustedServersDaysAreToldEachTime() throws Exception {
    // Given
    Probes probes = new Probes(Tls.trusting(authorities(), at(end.minus(Duration.ofDays(20)))));
    ProbeSource probe =
        probes.probe("api-https", "api", "timeout: 1m, url: '" + url("localhost") + "'");

    // When: a resumed session would show no certificate the second time
    probe.checkOnce();
    probe.checkOnce();

    // Then
    assertThat(probes.drafts.telemetry)
        .extracting(Telemetry::values)
        .allMatch(values -> values.get("ok").equals(1))
        .allMatch(values -> values.get("certificate_days").equals(20L))
        .hasSize(2);
  }

  @Test
  void theDaysOfAServerThatIsNotTrustedAreToldToo() throws Exception {
    // Given: past its end by the probe's clock, and signed by nobody the JVM knows
    Probes probes = new Probes(Tls.trusting(null, at(end.plusSeconds(1))));

    // When
    probes.probe("api-https", "api", "timeout: 1m, url: '" + url("localhost") + "'").checkOnce();

    // Then
    Telemetry told = probes.drafts.telemetry.getFirst();
    assertThat(told.kind()).isEqualTo("probe");
    assertThat(told.values()).containsEntry("ok", 0).containsEntry("certificate_days", -1L);
    assertThat(told.meta()).containsEntry("reason", "tls");
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    // Given
    Probes probes = new Probes(Tls.trusting(authorities(), at(end.minusSeconds(1))));

    // When
    probes.probe("api-https", "api", "timeout: 1m, url: '" + url("127.0.0.1") + "'").checkOnce();

    // Then
    Telemetry told = probes.drafts.telemetry.getFirst();
    assertThat(told.values()).containsEntry("ok", 0).containsEntry("certificate_days", 0L);
    assertThat(told.meta()).containsEntry("reason", "tls");
  }

  private KeyStore authorities() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("a", keys.getCertificate("a"));
    return store;
  }

  private String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort() + "/";
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }
}
