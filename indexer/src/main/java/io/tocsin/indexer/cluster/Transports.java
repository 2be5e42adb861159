package io.tocsin.indexer.cluster;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.OpenSearchSettings;
import io.tocsin.bootstrap.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings to the client library's connections. */
final class Transports {

  private static final Logger LOG = LoggerFactory.getLogger(Transports.class);
  private static final Timeout CONNECT = Timeout.ofSeconds(2);

  private Transports() {}

  static OpenSearchTransport open(OpenSearchSettings settings, Duration timeout) {
    HttpHost[] hosts =
        settings.urls().stream()
            .map(url -> new HttpHost(url.getScheme(), url.getHost(), url.getPort()))
            .toArray(HttpHost[]::new);
    ApacheHttpClient5TransportBuilder builder = ApacheHttpClient5TransportBuilder.builder(hosts);
    String prefix = prefix(settings.urls());
    if (!prefix.isEmpty()) {
      builder.setPathPrefix(prefix);
    }
    return builder
        .setMapper(new JacksonJsonpMapper())
        .setDefaultHeaders(headers(settings))
        .setChunkedEnabled(false)
        .setHttpClientConfigCallback(http -> configure(http, settings, timeout))
        .setRequestConfigCallback(
            request -> request.setResponseTimeout(Timeout.ofMilliseconds(timeout.toMillis())))
        .build();
  }

  private static HttpAsyncClientBuilder configure(
      HttpAsyncClientBuilder http, OpenSearchSettings settings, Duration timeout) {
    PoolingAsyncClientConnectionManagerBuilder connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(Timeout.ofMilliseconds(timeout.toMillis()))
                    .build());
    Path caFile = settings.caFile();
    if (caFile != null) {
      connections.setTlsStrategy(
          ClientTlsStrategyBuilder.create().setSslContext(trusting(caFile)).buildAsync());
    }
    // Retries are the indexer's: it knows which documents are still open. One event loop carries
    // far more than two requests at a time need.
    return http.setConnectionManager(connections.build())
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
        .addExecInterceptorLast("whole-body", WholeBody.EXCHANGE)
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching();
  }

  private static Header[] headers(OpenSearchSettings settings) {
    List<Header> headers = new ArrayList<>();
    Secret password = settings.password();
    if (password != null) {
      byte[] pair =
          (settings.username() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      headers.add(
          new BasicHeader(
              "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair), true));
    }
    settings
        .headers()
        .forEach((name, value) -> headers.add(new BasicHeader(name, value.reveal(), true)));
    return headers.toArray(Header[]::new);
  }

  private static String prefix(List<URI> urls) {
    String path = urls.getFirst().getPath();
    return path == null || path.equals("/") ? "" : path;
  }

  private static SSLContext trusting(Path caFile) {
    try (InputStream pem = Files.newInputStream(caFile)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new UserError(
          "the certificates of OpenSearch cannot be read from " + caFile + ": " + e.getMessage(),
          "let ca-file name a readable PEM file");
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
