package io.tocsin.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/** Where everything of the demo lies, and the two files that lead the platform to it. */
record DemoFiles(Path dir) {

  /** The station's: its services stamp their lines in local time, without saying so. */
  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");

  Path port() {
    return dir.resolve("demo-ttyUSB0");
  }

  Path log(String service) {
    return dir.resolve(service + ".log");
  }

  Path agent() {
    return dir.resolve("agent.yaml");
  }

  Path rules() {
    return dir.resolve("demo-rules.yaml");
  }

  void write() throws IOException {
    Files.writeString(agent(), agentYaml());
    Files.writeString(rules(), RULES);
  }

  private String agentYaml() {
    return station() + file("api") + file("worker") + file("ui");
  }

  private String station() {
    return """
      # Written anew at every start of the demo.
      agent: { name: demo-edge, data: %s }
      sources:
        - serial:
            device: charger-01
            service: charger
            port: %s
            baud: 115200
            framing: { start: "<", end: ">", max-bytes: 4096 }
            parse: tagged-pairs
            poll: { hex: "41002C0010", every: 5s }
            states:
              field: STATE
              names:
                0: HARDFAULT_END
                1: IDLE
                2: CABLE_DETECT
                3: EV_CONNECTED
                4: READY
                5: CHARGING
                6: PAUSED
                7: STOPPED
                8: FAULT_HARD
      """
        .formatted(quoted(dir.resolve("agent")), quoted(port()));
  }

  private String file(String service) {
    return """
        - file:
            paths: [%s]
            service: %s
            format: json
            fields: { ts: timestamp, level: level, event: type, message: message }
            zone: %s
            start: beginning
      """
        .formatted(quoted(log(service)), service, ZONE);
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  private static final String RULES =
      """
      # Written anew at every start of the demo. Windows are short, so that an alert fires and
      # resolves while somebody watches.
      rules:
        - name: api-error-burst
          severity: high
          match: { service: api, level: { gte: ERROR } }
          group-by: [service]
          count: 5
          within: 20s
          resolve-after: 10s
          summary: "{value} errors in {within} from {service}"
          labels: { team: ops }
        - name: station-fault
          severity: high
          match: { service: charger, event: gf_confirmed }
          group-by: [service, meta.device]
          count: 1
          within: 30s
          resolve-after: 5s
          summary: "{meta.device} reports a confirmed ground fault"
          labels: { team: field }
        - name: station-unplugged
          severity: medium
          match: { service: charger, event: serial_disconnected }
          group-by: [service, meta.device]
          count: 1
          within: 15s
          resolve-after: 5s
          summary: "{meta.device} was unplugged"
          labels: { team: field }
        - name: ui-user-errors
          severity: medium
          match: { service: ui, level: { gte: ERROR } }
          group-by: [service, meta.user_id]
          count: 3
          within: 1m
          resolve-after: 10s
          summary: "{meta.user_id} met {value} errors in {within}"
          labels: { team: web }
      """;
}
