package io.tocsin.cli.services;

import io.tocsin.agent.AgentFile;
import io.tocsin.agent.AgentService;
import io.tocsin.agent.Reload;
import io.tocsin.bootstrap.ReloadSignal;
import io.tocsin.bootstrap.UserError;
import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.Problem;
import io.tocsin.bootstrap.systemd.Systemd;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a running agent take its file anew on SIGHUP. A file with mistakes changes nothing. */
final class AgentReload {

  private static final Logger LOG = LoggerFactory.getLogger(AgentReload.class);

  private final AgentService agent;
  private final Path config;
  private final PrintWriter out;
  private final PrintWriter err;
  private final ReloadSignal signal = ReloadSignal.listen();
  private final Systemd systemd = Systemd.ofThisProcess();

  AgentReload(AgentService agent, Path config, PrintWriter out, PrintWriter err) {
    this.agent = agent;
    this.config = config;
    this.out = out;
    this.err = err;
  }

  /** Does what the signal asks for, if it came. */
  void look() {
    if (signal.take()) {
      systemd.reloading();
      reload();
      systemd.ready();
    }
  }

  private void reload() {
    try {
      Reload done = agent.reload(AgentFile.read(config));
      out.println(
          "tocsin agent: took "
              + config
              + " anew: "
              + done.kept()
              + " sources go on, "
              + done.opened()
              + " opened, "
              + done.closed()
              + " closed");
      out.flush();
      LOG.atInfo()
          .addKeyValue("kept", done.kept())
          .addKeyValue("opened", done.opened())
          .addKeyValue("closed", done.closed())
          .log("configuration taken anew");
    } catch (ConfigException e) {
      refuse(e.problems().stream().map(Problem::toString).toList());
    } catch (UserError e) {
      refuse(List.of(e.getMessage() + "; " + e.remedy()));
    } catch (RuntimeException e) {
      // Whatever is wrong with the new file, an agent that ends for it would lose what is read.
      LOG.atError().setCause(e).log("configuration not taken");
      refuse(List.of(e.toString()));
    }
  }

  private void refuse(List<String> problems) {
    problems.forEach(err::println);
    err.println("tocsin agent: " + config + " was not taken; the agent goes on as before");
    err.flush();
    LOG.atWarn().addKeyValue("problems", problems.size()).log("configuration not taken");
  }
}
