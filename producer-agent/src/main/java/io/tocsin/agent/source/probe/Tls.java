package io.tocsin.agent.source.probe;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS that tells how long the server's certificate is good, also when it then refuses it: an
 * expired certificate is the one whose days matter most. Thread-safe.
 */
final class Tls {

  private final X509ExtendedTrustManager trusted;
  private final InstantSource clock;

  private Tls(X509ExtendedTrustManager trusted, InstantSource clock) {
    this.trusted = trusted;
    this.clock = clock;
  }

  /** Trusts the authorities of {@code store}, or the JVM's when it is null. */
  static Tls trusting(@Nullable KeyStore store, InstantSource clock) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      TrustManager first = factory.getTrustManagers()[0];
      return new Tls((X509ExtendedTrustManager) first, clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no usable list of authorities", e);
    }
  }

  /**
   * Shakes hands over a connection.
   *
   * @param days told the whole days that the server's certificate has left, before it is judged;
   *     negative when it has expired
   */
  Socket over(Socket plain, Address address, LongConsumer days) throws IOException {
    try {
      // A context a connection: a resumed session would not show the certificates again.
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Watching(days)}, null);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, address.host(), address.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Of the server's own certificate: those above it may be spare ones, long expired. */
  private long daysLeft(X509Certificate[] chain) {
    Duration left = Duration.between(clock.instant(), chain[0].getNotAfter().toInstant());
    return Math.floorDiv(left.toSeconds(), 86_400L);
  }

  /** Notes what the server shows before judging it. */
  private final class Watching extends X509ExtendedTrustManager {

    private final LongConsumer days;

    Watching(LongConsumer days) {
      this.days = days;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      days.accept(daysLeft(chain));
      trusted.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      days.accept(daysLeft(chain));
      trusted.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      days.accept(daysLeft(chain));
      trusted.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("a probe has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("a probe has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("a probe has no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return trusted.getAcceptedIssuers();
    }
  }
}
