package io.tocsin.agent.source.http;

import static io.tocsin.bootstrap.config.InvalidValueException.require;

import io.tocsin.agent.parse.FieldNames;
import io.tocsin.agent.transform.SourceSettings;
import io.tocsin.agent.transform.TransformSettings;
import io.tocsin.bootstrap.config.DataSize;
import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;
import io.tocsin.bootstrap.config.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events sent over HTTP, as the agent's file has them under {@code http:}. */
public record HttpConfig(
    @Default("http") @Doc("the source's name in ids and metrics") String name,
    @Default("/logs/ingest") @Doc("where events are posted to") String path,
    @Default("true") @Doc("whether OpenTelemetry's logs are taken, at /v1/logs") boolean otlp,
    @Default("127.0.0.1") @Doc("the address to listen on; another than loopback needs keys")
        String host,
    @Doc("a port of its own, 0 for any free one; else the process's own HTTP address")
        @Nullable Integer port,
    @Doc("a file of keys, one a line; who sends must name one of them") @Nullable KeysFile keysFile,
    @Default("[]") @Doc("more keys") List<Secret> keys,
    @Default("[]") @Doc("pages whose scripts may send: https://shop.example, or * for all")
        List<String> origins,
    @Doc("the service of events that name none; else these are refused") @Nullable String service,
    @Default("{}") @Doc("where the six fields are found; the rest goes to meta") FieldNames fields,
    @Default("UTC") @Doc("the zone of times that name none") ZoneId zone,
    @Default("1MiB") @Doc("larger bodies are refused with 413") DataSize maxBody,
    @Default("5000") @Doc("events a second for each key; more are refused with 429") int maxRate,
    @Default("{}") @Doc("what is done to records on the way") TransformSettings transform)
    implements SourceSettings {

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.\\[\\]:-]+");
  private static final long LARGEST_BODY = 4L << 20;

  public HttpConfig {
    transform.requireNoRate();
    require(
        !name.isBlank() && name.indexOf('/') < 0, "name", name, "must be a name without a slash");
    require(PATH.matcher(path).matches(), "path", path, "must be a path, such as /logs/ingest");
    require(
        !otlp || !path.equals(OtlpDialect.PATH),
        "path",
        path,
        "is where OpenTelemetry's logs are sent to; choose another, or say otlp: false");
    require(
        port == null || (port >= 0 && port <= 0xFFFF),
        "port",
        port,
        "must be a port, or 0 for any");
    require(
        port != null || host.equals("127.0.0.1"),
        "host",
        host,
        "goes with a port of its own: it needs port too");
    require(
        keysFile != null || !keys.isEmpty() || isLoopback(host),
        "host",
        host,
        "is more than loopback, so who sends must be known: it needs keys-file or keys");
    for (String origin : origins) {
      require(
          origin.equals("*") || ORIGIN.matcher(origin).matches(),
          "origins",
          origin,
          "must be as a browser names it, such as https://shop.example, or *");
    }
    require(service == null || !service.isBlank(), "service", service, "must not be empty");
    require(
        maxBody.bytes() >= 1024 && maxBody.bytes() <= LARGEST_BODY,
        "max-body",
        maxBody.bytes() + "B",
        "must be 1KiB to 4MiB");
    require(maxRate >= 1, "max-rate", maxRate, "must be 1 or more");
  }

  List<Secret> allKeys() {
    return Stream.concat(keysFile == null ? Stream.of() : keysFile.keys().stream(), keys.stream())
        .toList();
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // listening will tell what is wrong with it
    }
  }

  @Override
  public String sourceName() {
    return name;
  }
}
