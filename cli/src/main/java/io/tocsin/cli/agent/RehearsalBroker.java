package io.tocsin.cli.agent;

import io.tocsin.bootstrap.config.KafkaSettings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/**
 * As much of a Kafka broker as a producer needs to believe that its records are kept: it forgets
 * them. Each topic has one partition. For a rehearsal on a machine that has no broker; the requests
 * are those of the <a href="https://kafka.apache.org/protocol">Kafka protocol</a>.
 */
final class RehearsalBroker implements AutoCloseable {

  private static final int SELF = 1;

  /** The newest versions that name topics instead of numbering them. */
  private static final short METADATA_VERSION = 12;

  private static final short PRODUCE_VERSION = 12;

  private static final List<ApiVersion> VERSIONS =
      List.of(
          version(ApiKeys.API_VERSIONS, ApiKeys.API_VERSIONS.latestVersion()),
          version(ApiKeys.METADATA, METADATA_VERSION),
          version(ApiKeys.INIT_PRODUCER_ID, ApiKeys.INIT_PRODUCER_ID.latestVersion()),
          version(ApiKeys.PRODUCE, PRODUCE_VERSION));

  private final ServerSocket socket;

  private RehearsalBroker(ServerSocket socket) {
    this.socket = socket;
  }

  static RehearsalBroker open() throws IOException {
    RehearsalBroker broker =
        new RehearsalBroker(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(broker::accept);
    return broker;
  }

  KafkaSettings settings() {
    return KafkaSettings.of("127.0.0.1:" + socket.getLocalPort());
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      while (true) {
        ByteBuffer request = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        RequestHeader header = RequestHeader.parse(request);
        ByteBuffer answer = answer(header, new ByteBufferAccessor(request));
        out.writeInt(answer.remaining());
        out.write(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining());
        out.flush();
      }
    } catch (IOException e) {
      // the client is gone, and so is the rehearsal
    }
  }

  private ByteBuffer answer(RequestHeader header, ByteBufferAccessor body) {
    short version = header.apiVersion();
    ApiMessage answer =
        switch (header.apiKey()) {
          case API_VERSIONS -> versions();
          case METADATA -> metadata(new MetadataRequestData(body, version));
          case INIT_PRODUCER_ID ->
              new InitProducerIdResponseData().setProducerId(SELF).setProducerEpoch((short) 0);
          case PRODUCE -> produced(new ProduceRequestData(body, version));
          default -> throw new IllegalArgumentException("not rehearsed: " + header.apiKey());
        };
    return RequestUtils.serialize(
        header.toResponseHeader().data(),
        header.apiKey().responseHeaderVersion(version),
        answer,
        version);
  }

  private static ApiVersion version(ApiKeys api, short newest) {
    return new ApiVersion()
        .setApiKey(api.id)
        .setMinVersion(api.oldestVersion())
        .setMaxVersion(newest);
  }

  private static ApiMessage versions() {
    ApiVersionsResponseData data = new ApiVersionsResponseData();
    VERSIONS.forEach(version -> data.apiKeys().add(version.duplicate()));
    return data;
  }

  private ApiMessage metadata(MetadataRequestData asked) {
    MetadataResponseData data = new MetadataResponseData().setControllerId(SELF);
    data.brokers()
        .add(
            new MetadataResponseBroker()
                .setNodeId(SELF)
                .setHost("127.0.0.1")
                .setPort(socket.getLocalPort()));
    List<Integer> self = List.of(SELF);
    for (MetadataRequestData.MetadataRequestTopic topic : asked.topics()) {
      data.topics()
          .add(
              new MetadataResponseTopic()
                  .setName(topic.name())
                  .setPartitions(
                      List.of(
                          new MetadataResponsePartition()
                              .setLeaderId(SELF)
                              .setLeaderEpoch(0)
                              .setReplicaNodes(self)
                              .setIsrNodes(self))));
    }
    return data;
  }

  private static ApiMessage produced(ProduceRequestData request) {
    ProduceResponseData data = new ProduceResponseData();
    request
        .topicData()
        .forEach(
            topic ->
                data.responses()
                    .add(
                        new TopicProduceResponse()
                            .setName(topic.name())
                            .setPartitionResponses(
                                topic.partitionData().stream()
                                    .map(
                                        partition ->
                                            new PartitionProduceResponse()
                                                .setIndex(partition.index()))
                                    .toList())));
    return data;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
