package io.tocsin.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StationTest {

  private static final Pattern FRAME = Pattern.compile("<([^<>]*)>");
  private static final Pattern STATUS =
      Pattern.compile(
          "STAT;(ID=\\d+;)?CP=\\d;CPV=\\d+;PP=\\d;PPV=\\d+;RL=\\d;LOCK=\\d;MOTOR=0;PWM=\\d+;"
              + "MAX=\\d+;CABLE=\\d+;AUTH=\\d;STATE=[0-8];PB=\\d;STOP=0;");

  @Test
  void theSameDieTellsTheSameStory() {
    assertThat(hour(7)).isEqualTo(hour(7)).isNotEqualTo(hour(8));
  }

  @Test
  void anHourShowsEveryKindOfFrameAndStateOfTheProtocol() {
    // Given
    Station station = new Station(new Random(1));
    Set<StationState> states = EnumSet.noneOf(StationState.class);
    StringBuilder wire = new StringBuilder();

    // When
    for (int step = 0; step < 1800; step++) {
      wire.append(station.step());
      states.add(station.state());
    }

    // Then
    assertThat(states)
        .containsExactlyInAnyOrder(
            StationState.IDLE,
            StationState.CABLE_DETECT,
            StationState.EV_CONNECTED,
            StationState.READY,
            StationState.CHARGING,
            StationState.PAUSED,
            StationState.STOPPED,
            StationState.FAULT_HARD);
    List<String> frames = frames(wire.toString());
    assertThat(frames.stream().filter(frame -> frame.startsWith("STAT;")))
        .hasSize(1800)
        .allMatch(frame -> STATUS.matcher(frame).matches());
    assertThat(frames)
        .contains(
            "CARDEXISTS=1;",
            "NOCARDSPACE=1;",
            "ACK;CMD=AUTH;STATUS=OK;",
            "ACK;CMD=AUTH;STATUS=NOT CLEARED;",
            "INFO;MSG=GF_COUNT;VAL=3;",
            "WARN;MSG=GF_CONFIRMED;",
            "INFO;MSG=FAULT_CLEARED;",
            "ERR;INVALID_COMMA");
    assertThat(wire).contains("<CARDEXISTS=1;><ACK;").contains("of12\n").contains(";><STAT;");
  }

  @Test
  void aBootPrintsABannerWithoutAFrame() {
    assertThat(new Station(new Random(1)).boot())
        .startsWith("CSRPI Charging Station")
        .contains("Kart 9 Valid=255 ID=0;")
        .doesNotContain("<");
  }

  @Test
  void anAnswerIsAnAckAndAStatus() {
    assertThat(frames(new Station(new Random(1)).answer()))
        .hasSize(2)
        .startsWith("ACK;CMD=READSTAT;STATUS=OK;");
  }

  private static String hour(long seed) {
    Station station = new Station(new Random(seed));
    StringBuilder wire = new StringBuilder(station.boot());
    for (int step = 0; step < 1800; step++) {
      wire.append(station.step());
    }
    return wire.toString();
  }

  private static List<String> frames(String wire) {
    return FRAME.matcher(wire).results().map(match -> match.group(1)).toList();
  }
}
