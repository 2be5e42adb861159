package io.tocsin.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.KafkaSettings;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.topics.Change.AlterConfig;
import io.tocsin.topics.Change.CreateTopic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker; every test begins and ends without topics. */
class TopicAdminTest {

  @TempDir static Path dir;
  private static EmbeddedKafka kafka;
  private static Admin cluster;

  private TopicAdmin admin;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.in(dir));
    cluster = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    cluster.close();
    kafka.close();
  }

  @BeforeEach
  void connect() {
    admin = TopicAdmin.connect(settings(), Duration.ofSeconds(30));
  }

  @AfterEach
  void removeTopics() throws Exception {
    admin.close();
    cluster.deleteTopics(names()).all().get();
  }

  @Test
  void defaultsOnAnEmptyClusterMakeAllTopicsAndASecondTimeDoesNothing() throws Exception {
    // When
    Plan first = TopicAdmin.applyDefaults(settings());
    Plan second = TopicAdmin.applyDefaults(settings());

    // Then
    assertThat(first.changes()).hasSize(9).allMatch(CreateTopic.class::isInstance);
    assertThat(second.isEmpty()).as(second.text()).isTrue();
    assertThat(second.warnings()).isEmpty();
    assertThat(names()).containsExactlyInAnyOrderElementsOf(Definitions.builtIn().names());
    assertThat(config(Topics.LOGS, "message.timestamp.type")).isEqualTo("LogAppendTime");
    assertThat(config(Topics.LOGS, "retention.ms")).isEqualTo("604800000");
    assertThat(config(Topics.HEALTH, "cleanup.policy")).isEqualTo("compact");
    assertThat(config(Topics.DEAD_LETTERS, "max.message.bytes")).isEqualTo("16777216");
    assertThat(partitions(Topics.LOGS)).isEqualTo(3);
  }

  @Test
  void aPlanChangesNothing() throws Exception {
    // When
    Plan plan = admin.plan(Definitions.builtIn());

    // Then
    assertThat(plan.changes()).hasSize(9);
    assertThat(plan.text()).contains("+ tocsin.logs\n", "9 to create, 0 to change, 0 as");
    assertThat(names()).isEmpty();
  }

  @Test
  void driftIsFoundAndMendedWhileSettingsNobodyDefinedAreLeftAlone() throws Exception {
    // Given
    TopicAdmin.applyDefaults(settings());
    set(Topics.LOGS, "retention.ms", "1000");
    set(Topics.LOGS, "message.timestamp.type", "CreateTime");
    set(Topics.LOGS, "flush.messages", "5000");

    // When
    Plan drift = admin.plan(Definitions.builtIn());
    admin.apply(drift);

    // Then
    assertThat(drift.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            AlterConfig.class,
            alter ->
                assertThat(alter.settings())
                    .containsOnlyKeys("retention.ms", "message.timestamp.type"));
    assertThat(admin.plan(Definitions.builtIn()).isEmpty()).isTrue();
    assertThat(config(Topics.LOGS, "retention.ms")).isEqualTo("604800000");
    assertThat(config(Topics.LOGS, "flush.messages")).isEqualTo("5000");
  }

  @Test
  void aDefinitionThatRepeatsABrokerDefaultIsNoDifference() {
    // Given
    Definitions repeated =
        definitions(1, Map.of("min.insync.replicas", "1", "preallocate", "FALSE"));
    admin.apply(admin.plan(definitions(1, Map.of())));

    // When
    Plan plan = admin.plan(repeated);

    // Then
    assertThat(plan.isEmpty()).as(plan.text()).isTrue();
  }

  @Test
  void aTopicGrowsToItsPartitions() throws Exception {
    // Given
    admin.apply(admin.plan(definitions(1, Map.of())));

    // When
    Plan plan = admin.plan(definitions(4, Map.of()));
    admin.apply(plan);

    // Then
    assertThat(plan.text()).contains("~ partitions: 1 -> 4");
    assertThat(partitions("own.topic")).isEqualTo(4);
    assertThat(admin.plan(definitions(4, Map.of())).isEmpty()).isTrue();
  }

  @Test
  void whatWasHalfAppliedIsCompletedAndForeignTopicsAreLeftAlone() throws Exception {
    // Given
    cluster
        .createTopics(
            List.of(new NewTopic("foreign", 2, (short) 1), new NewTopic(Topics.LOGS, 1, (short) 1)))
        .all()
        .get();

    // When
    Plan plan = TopicAdmin.applyDefaults(settings());

    // Then
    assertThat(plan.changes()).hasSize(10);
    assertThat(admin.plan(Definitions.builtIn()).isEmpty()).isTrue();
    assertThat(partitions("foreign")).isEqualTo(2);
  }

  @Test
  void twoThatApplyAtOnceDoNotDisturbEachOther() {
    // When
    List<CompletableFuture<Plan>> both =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> TopicAdmin.applyDefaults(settings())))
            .limit(2)
            .toList();

    // Then
    assertThat(both).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(60)));
    assertThat(admin.plan(Definitions.builtIn()).isEmpty()).isTrue();
  }

  @Test
  void aPlanOvertakenByAnotherIsNoError() {
    // Given
    Plan stale = admin.plan(definitions(3, Map.of()));
    admin.apply(admin.plan(definitions(3, Map.of())));

    // When
    admin.apply(stale);

    // Then
    assertThat(admin.plan(definitions(3, Map.of())).isEmpty()).isTrue();
  }

  @Test
  void aSettingThatTheBrokerRefusesIsNamedWithItsReason() {
    // Given
    Plan plan = admin.plan(definitions(1, Map.of("segment.ms", "soon")));

    // When, Then
    assertThatThrownBy(() -> admin.apply(plan))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("creating own.topic")
        .hasMessageContaining("segment.ms");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsOneClearError() throws IOException {
    // Given
    KafkaSettings nobody = KafkaSettings.of("127.0.0.1:" + freePort());

    // When, Then
    try (TopicAdmin lonely = TopicAdmin.connect(nobody, Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> lonely.plan(Definitions.builtIn()))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.remedy()).contains("bootstrap-servers"))
          .hasMessageContaining(nobody.bootstrapServers())
          .hasMessageContaining("1 s");
    }
  }

  @Test
  void settingsThatNoClientTakesAreOneClearError() {
    assertThatThrownBy(
            () -> TopicAdmin.connect(KafkaSettings.of("not a server"), Duration.ofSeconds(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not a server");
  }

  private static KafkaSettings settings() {
    return KafkaSettings.of(kafka.bootstrapServers());
  }

  private static Definitions definitions(int partitions, Map<String, String> config) {
    return new Definitions(
        List.of(
            new TopicDefinition(
                "own.topic",
                "d",
                "k",
                partitions,
                -1,
                Cleanup.DELETE,
                Duration.ofDays(1),
                null,
                config)));
  }

  private static Set<String> names() throws Exception {
    return cluster.listTopics().names().get();
  }

  private static int partitions(String topic) throws Exception {
    return cluster
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  private static String config(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return cluster.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
  }

  private static void set(String topic, String name, String value) throws Exception {
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    cluster
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
        .all()
        .get();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
