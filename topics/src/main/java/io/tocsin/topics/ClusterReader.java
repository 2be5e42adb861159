package io.tocsin.topics;

import io.tocsin.topics.Setting.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Reads how topics are on a cluster. */
final class ClusterReader {

  private final Admin admin;
  private final ClusterCalls calls;

  ClusterReader(Admin admin, ClusterCalls calls) {
    this.admin = admin;
    this.calls = calls;
  }

  /** Those of {@code names} that are there. */
  Map<String, TopicState> read(Collection<String> names) {
    // Asking for the list first keeps a topic that is not there from being created by the question
    // on a cluster that still makes topics up as they are asked for.
    Set<String> there = calls.answer(admin.listTopics().names(), "listing topics");
    List<String> known = names.stream().filter(there::contains).toList();
    if (known.isEmpty()) {
      return Map.of();
    }
    Map<String, TopicDescription> topics =
        calls.answer(admin.describeTopics(known).allTopicNames(), "describing topics");
    List<ConfigResource> resources =
        known.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Config> configs =
        calls.answer(admin.describeConfigs(resources).all(), "reading the settings of topics");
    Map<String, TopicState> states = new LinkedHashMap<>();
    configs.forEach(
        (resource, config) -> {
          TopicDescription topic = topics.get(resource.name());
          if (topic != null) {
            states.put(resource.name(), state(topic, config));
          }
        });
    return states;
  }

  private static TopicState state(TopicDescription topic, Config config) {
    Map<String, Setting> settings = new TreeMap<>();
    for (ConfigEntry entry : config.entries()) {
      if (entry.value() != null) {
        settings.put(entry.name(), new Setting(entry.value(), kind(entry.type())));
      }
    }
    int copies = topic.partitions().getFirst().replicas().size();
    return new TopicState(topic.partitions().size(), copies, settings);
  }

  private static Kind kind(ConfigEntry.ConfigType type) {
    return switch (type) {
      case INT, SHORT, LONG, DOUBLE -> Kind.NUMBER;
      case LIST -> Kind.SET;
      case BOOLEAN, STRING, CLASS, PASSWORD, UNKNOWN -> Kind.TEXT;
    };
  }
}
