package io.tocsin.embedded;

import java.util.List;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.transport.Netty4Plugin;

/**
 * A node of OpenSearch 2 whose modules stand on the class path. Only a subclass may say so: the
 * public constructor looks for modules in an installation's folders.
 */
abstract class ModuleNode extends Node {
  ModuleNode(Environment environment) {
    super(
        environment,
        List.of(
            Netty4Plugin.class,
            CommonAnalysisPlugin.class,
            MapperExtrasPlugin.class,
            ReindexPlugin.class),
        false);
  }

  /** This version looks for the number of replicas in the cluster's state only. */
  @Override
  public Node start() throws NodeValidationException {
    super.start();
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings()
        .setPersistentSettings(
            settings().filter(Metadata.DEFAULT_REPLICA_COUNT_SETTING.getKey()::equals))
        .get();
    return this;
  }
}
