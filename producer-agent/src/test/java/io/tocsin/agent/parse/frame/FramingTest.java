package io.tocsin.agent.parse.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.bootstrap.config.ConfigException;
import io.tocsin.bootstrap.config.ConfigReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

  @Test
  void isReadAsTheDesignWritesIt() {
    assertThat(read("{ start: '<', end: '>', max-bytes: 4096 }")).isEqualTo(Framings.tagged(4096));
    assertThat(read("{ line: true }")).isEqualTo(Framings.line(4096));
    assertThat(read("{ length-prefix: 2 }")).isEqualTo(Framings.lengthPrefix(2, 4096, null));
    assertThat(read("{ cobs: true, checksum: crc-16 }"))
        .isEqualTo(Framings.cobs(4096, Checksum.CRC_16));
    assertThat(read("{ slip: true, checksum: xor }")).isEqualTo(Framings.slip(4096, Checksum.XOR));
    assertThat(read("{ start: \"\\x02\", end: \"\\x03\", checksum: crc-8 }"))
        .isEqualTo(new Framing("\2", "\3", 4096, false, null, false, false, Checksum.CRC_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | must be one of",
        "{ line: true, cobs: true } | must be one of",
        "{ start: '<' } | needs both start and end",
        "{ start: '#', end: '#' } | '#' must differ from start",
        "{ start: '', end: '>' } | must be 1 to 8 characters",
        "{ start: 'ş', end: '>' } | 'ş' must be 1 to 8 characters",
        "{ line: true, max-bytes: 0 } | '0' must be 1 to",
        "{ length-prefix: 3 } | '3' must be 1, 2 or 4",
        "{ line: true, checksum: md5 } | 'md5' must be one of xor, crc-8, crc-16",
        "{ lines: true } | did you mean 'line'?"
      })
  void aFramingThatIsNoneIsRefused(String framing, String problem) {
    assertThatThrownBy(() -> read(framing))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private static Framing read(String framing) {
    return ConfigReader.read("agent.yaml", framing, Framing.class);
  }
}
