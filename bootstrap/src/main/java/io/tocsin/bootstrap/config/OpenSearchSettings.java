package io.tocsin.bootstrap.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the OpenSearch cluster.
 *
 * @param urls its nodes, such as {@code https://search-1:9200}
 * @param username for basic authentication; null for none
 * @param password for basic authentication
 * @param caFile certificates to trust, PEM; null for those the JVM trusts
 * @param headers sent with every request, such as an API key
 */
public record OpenSearchSettings(
    @Default("[http://127.0.0.1:9200]") @Doc("the cluster's nodes") List<URI> urls,
    @Doc("for basic authentication") @Nullable String username,
    @Doc("for basic authentication") @Nullable Secret password,
    @Doc("certificates to trust, PEM") @Nullable Path caFile,
    @Default("{}") @Doc("sent with every request, such as an API key")
        Map<String, Secret> headers) {

  public OpenSearchSettings {
    InvalidValueException.require(!urls.isEmpty(), "urls", urls, "must name at least one node");
    for (URI url : urls) {
      InvalidValueException.require(
          url.getHost() != null
              && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())),
          "urls",
          url,
          "must be addresses such as https://search-1:9200");
    }
    InvalidValueException.require(
        (username == null) == (password == null),
        "password",
        null,
        "username and password go together");
  }

  /** A cluster that asks for nothing. */
  public static OpenSearchSettings of(URI url) {
    return new OpenSearchSettings(List.of(url), null, null, null, Map.of());
  }
}
