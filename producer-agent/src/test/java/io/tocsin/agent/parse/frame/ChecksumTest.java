package io.tocsin.agent.parse.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {

  /** The check values of the catalogue of parametrised CRC algorithms; XOR by hand. */
  @ParameterizedTest
  @CsvSource({"XOR, 0x31", "CRC_8, 0xF4", "CRC_16, 0x4B37"})
  void givesTheKnownValueOfTheDigits(Checksum checksum, String expected) {
    byte[] digits = "123456789".getBytes(US_ASCII);

    assertThat(checksum.of(digits, digits.length)).isEqualTo(Integer.decode(expected));
  }
}
