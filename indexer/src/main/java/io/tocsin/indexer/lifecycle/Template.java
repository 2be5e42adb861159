package io.tocsin.indexer.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A component template or an index template as this Tocsin wants it.
 *
 * @param kind where it lives
 * @param name its name in the cluster
 * @param version grows with each change to the resource
 * @param fingerprint of its content with the configuration worked in; stored with it
 * @param json what to put
 */
@SuppressWarnings("ArrayRecordComponent") // compared by fingerprint
public record Template(Kind kind, String name, long version, String fingerprint, byte[] json) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS = "tocsin-settings";
  private static final String SHARDS = "-shards";

  /** The two kinds, components first: an index template may only name components that exist. */
  public enum Kind {
    COMPONENT(
        "_component_template", "component template", "component_templates", "component_template"),
    INDEX("_index_template", "index template", "index_templates", "index_template");

    private final String path;
    private final String words;
    private final String list;
    private final String entry;

    Kind(String path, String words, String list, String entry) {
      this.path = path;
      this.words = words;
      this.list = list;
      this.entry = entry;
    }
  }

  /** All of them, in the order in which they are to be put. */
  static List<Template> all(IndexSettings settings) {
    return List.of(
        load(Kind.COMPONENT, SETTINGS, settings),
        load(Kind.COMPONENT, "tocsin-envelope", settings),
        shards("tocsin-logs", settings.shards()),
        shards("tocsin-telemetry", settings.shards()),
        shards("tocsin-alerts", settings.shards()),
        load(Kind.INDEX, "tocsin-logs", settings),
        load(Kind.INDEX, "tocsin-telemetry", settings),
        load(Kind.INDEX, "tocsin-alerts", settings),
        load(Kind.INDEX, "tocsin-health", settings));
  }

  /**
   * How many shards the next index of a family gets. Its version is that number: the setup raises
   * it to what is configured and leaves a larger one, which the lifecycle has measured, alone.
   */
  static Template shards(String family, int shards) {
    String fingerprint = "shards-" + shards;
    ObjectNode body = JSON.createObjectNode();
    body.put("version", shards);
    body.putObject("template").putObject("settings").put("index.number_of_shards", shards);
    body.putObject("_meta").put("managed_by", "tocsin").put("fingerprint", fingerprint);
    try {
      byte[] json = JSON.writeValueAsBytes(body);
      return new Template(Kind.COMPONENT, family + SHARDS, shards, fingerprint, json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static Template load(Kind kind, String name, IndexSettings settings) {
    String resource =
        "/io/tocsin/indexer/templates/"
            + (kind == Kind.COMPONENT ? "component-" : "index-")
            + name
            + ".json";
    try (InputStream in = Template.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + resource);
      }
      ObjectNode template = (ObjectNode) JSON.readTree(in);
      if (name.equals(SETTINGS)) {
        configure((ObjectNode) template.at("/template/settings"), settings);
      }
      String fingerprint = sha256(JSON.writeValueAsBytes(template));
      template.putObject("_meta").put("managed_by", "tocsin").put("fingerprint", fingerprint);
      return new Template(
          kind,
          name,
          template.path("version").asLong(),
          fingerprint,
          JSON.writeValueAsBytes(template));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  private static void configure(ObjectNode target, IndexSettings settings) {
    target.put("index.number_of_shards", settings.shards());
    if (settings.replicas() != null) {
      target.remove("index.auto_expand_replicas");
      target.put("index.number_of_replicas", settings.replicas());
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  String path() {
    return "/" + kind.path + "/" + name;
  }

  String what() {
    return kind.words + " " + name;
  }

  /** Compares with what the cluster answered when asked for it. */
  SetupStep stepFrom(byte[] existing) throws JsonProcessingException {
    try {
      var found = JSON.readTree(existing).path(kind.list).path(0).path(kind.entry);
      long theirs = found.path("version").asLong();
      if (theirs > version) {
        return name.endsWith(SHARDS)
            ? new SetupStep.Keep(what())
            : new SetupStep.KeepNewer(what(), theirs);
      }
      return found.path("_meta").path("fingerprint").asText().equals(fingerprint)
          ? new SetupStep.Keep(what())
          : new SetupStep.Update(what(), this);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
  }
}
