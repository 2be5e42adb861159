package io.tocsin.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the guides, for the examples that stand in it. */
final class GuidePage {

  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private GuidePage() {}

  /** Every block of YAML on the page. */
  static List<String> examples(String page) throws IOException {
    String text = Files.readString(Path.of("..", "docs", "guides", page));
    return YAML.matcher(text).results().map(block -> block.group(1)).toList();
  }

  /** The first one, with the paths of a folder in the place of the machine's. */
  static String exampleIn(Path dir, String page) throws IOException {
    return examples(page)
        .getFirst()
        .replace("/var/lib/tocsin", dir.resolve("data").toString())
        .replace("/etc/tocsin/", dir + "/")
        .replace("/var/log/charger/", dir + "/")
        .replace("/dev/", dir + "/");
  }
}
