package io.tocsin.embedded;

import java.util.List;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * A node of OpenSearch 3 whose modules stand on the class path. Only a subclass may say so: the
 * public constructor looks for modules in an installation's folders.
 */
abstract class ModuleNode extends Node {
  private static final List<Class<? extends Plugin>> MODULES =
      List.of(
          Netty4ModulePlugin.class,
          CommonAnalysisModulePlugin.class,
          MapperExtrasModulePlugin.class,
          ReindexModulePlugin.class);

  ModuleNode(Environment environment) {
    super(environment, MODULES.stream().map(ModuleNode::info).toList(), false);
  }

  private static PluginInfo info(Class<? extends Plugin> module) {
    return new PluginInfo(
        module.getName(),
        "module on the class path",
        Version.CURRENT.toString(),
        Version.CURRENT,
        "21",
        module.getName(),
        null,
        List.of(),
        false);
  }
}
