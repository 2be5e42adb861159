package io.tocsin.console.search;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5Options;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.HttpAsyncResponseConsumerFactory.HeapBufferedResponseConsumerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From settings to the client's connections. */
final class SearchTransport {

  private static final Logger LOG = LoggerFactory.getLogger(SearchTransport.class);
  private static final Timeout CONNECT = Timeout.ofSeconds(2);

  /** A thousand events of 32 kB; whoever asks for more is refused rather than run out of memory. */
  private static final int LARGEST_ANSWER = 32 << 20;

  private SearchTransport() {}

  static OpenSearchTransport open(OpenSearchSettings settings, Duration timeout) {
    HttpHost[] nodes =
        settings.urls().stream()
            .map(url -> new HttpHost(url.getScheme(), url.getHost(), url.getPort()))
            .toArray(HttpHost[]::new);
    ApacheHttpClient5TransportBuilder builder =
        ApacheHttpClient5TransportBuilder.builder(nodes)
            .setMapper(new JacksonJsonpMapper())
            .setDefaultHeaders(headers(settings))
            .setOptions(bounded())
            .setHttpClientConfigCallback(http -> connections(http, settings, timeout))
            .setRequestConfigCallback(
                request -> request.setResponseTimeout(Timeout.ofMilliseconds(timeout.toMillis())));
    String prefix = settings.urls().getFirst().getPath();
    if (prefix != null && prefix.length() > 1) {
      builder.setPathPrefix(prefix);
    }
    return builder.build();
  }

  private static ApacheHttpClient5Options bounded() {
    ApacheHttpClient5Options.Builder options = ApacheHttpClient5Options.DEFAULT.toBuilder();
    options.setHttpAsyncResponseConsumerFactory(
        new HeapBufferedResponseConsumerFactory(LARGEST_ANSWER));
    return options.build();
  }

  private static HttpAsyncClientBuilder connections(
      HttpAsyncClientBuilder http, OpenSearchSettings settings, Duration timeout) {
    PoolingAsyncClientConnectionManagerBuilder pool =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(Timeout.ofMilliseconds(timeout.toMillis()))
                    .build());
    Path caFile = settings.caFile();
    if (caFile != null) {
      pool.setTlsStrategy(
          ClientTlsStrategyBuilder.create().setSslContext(trust(caFile)).buildAsync());
    }
    return http.setConnectionManager(pool.build())
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
        .disableCookieManagement()
        .disableAuthCaching();
  }

  private static Header[] headers(OpenSearchSettings settings) {
    List<Header> headers = new ArrayList<>();
    Secret password = settings.password();
    if (password != null) {
      String pair = settings.username() + ":" + password.reveal();
      String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      headers.add(new BasicHeader("Authorization", "Basic " + encoded, true));
    }
    settings
        .headers()
        .forEach((name, value) -> headers.add(new BasicHeader(name, value.reveal(), true)));
    return headers.toArray(Header[]::new);
  }

  private static SSLContext trust(Path caFile) {
    try (InputStream pem = Files.newInputStream(caFile)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + store.size(), ca);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          "the certificates in " + caFile + " cannot be used: " + e.getMessage(),
          "let opensearch.ca-file name a readable PEM file");
    }
  }

  static void close(OpenSearchTransport transport) {
    try {
      transport.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("closing the connections to OpenSearch failed");
    }
  }
}
