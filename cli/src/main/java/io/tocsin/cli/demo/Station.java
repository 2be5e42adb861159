package io.tocsin.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The charge controller: cars come, charge and go, and sometimes the ground fault detector trips.
 * It moves only when it is told to; the same die tells the same story. For one thread.
 */
final class Station {

  private static final String LINE_END = "\r\n";

  private final Chance chance;
  private StationState state = StationState.IDLE;
  private int left;
  private int maxAmperes = 16;
  private int cableAmperes = 20;
  private int frames;

  Station(Random random) {
    this.chance = new Chance(random);
    this.left = 2;
  }

  StationState state() {
    return state;
  }

  /** What it prints when it is powered up. */
  String boot() {
    state = StationState.IDLE;
    left = chance.between(2, 5);
    StringBuilder banner = new StringBuilder();
    banner.append("CSRPI Charging Station v4.8.0 - Dual UART").append(LINE_END);
    banner.append("USB: Monitoring | GPIO: Commands").append(LINE_END);
    banner.append("GPIO UART: RX=GPIO34, TX=GPIO21, Baud=115200\n");
    for (int card = 0; card < 10; card++) {
      boolean known = card < 2;
      banner
          .append("Kart ")
          .append(card)
          .append(" Valid=")
          .append(known ? 170 : 255)
          .append(" ID=")
          .append(known ? 305419896L + card : 0)
          .append(';')
          .append(LINE_END);
    }
    return banner.toString();
  }

  /** A step of about two seconds: what it prints of its own accord. */
  String step() {
    List<String> said = new ArrayList<>();
    left--;
    if (left <= 0) {
      moveOn(said);
    }
    if (chance.oneIn(12)) {
      said.add("of12\n");
    }
    if (chance.oneIn(150)) {
      said.add("<ERR;INVALID_COMMA>" + LINE_END);
    }
    said.add(status());
    return String.join("", said);
  }

  /** The answer to the five bytes that ask for the status. */
  String answer() {
    return "<ACK;CMD=READSTAT;STATUS=OK;>" + LINE_END + status();
  }

  /** The beginning of a status frame: what is heard of one when the plug is pulled. */
  String half() {
    String status = status();
    return status.substring(0, chance.between(5, status.length() / 2));
  }

  private void moveOn(List<String> said) {
    switch (state) {
      case HARDFAULT_END, IDLE -> enter(StationState.CABLE_DETECT, 1, 3);
      case CABLE_DETECT -> enter(StationState.EV_CONNECTED, 2, 4);
      case EV_CONNECTED -> authorise(said);
      case READY -> enter(StationState.CHARGING, 12, 30);
      case CHARGING -> leaveCharging(said);
      case PAUSED -> enter(StationState.CHARGING, 5, 15);
      case STOPPED -> enter(StationState.IDLE, 4, 10);
      case FAULT_HARD -> {
        said.add("<INFO;MSG=FAULT_CLEARED;>" + LINE_END);
        enter(StationState.STOPPED, 2, 4);
      }
    }
  }

  /** Card events come without a line end: the answer follows on the same line. */
  private void authorise(List<String> said) {
    if (chance.oneIn(6)) {
      said.add("<NOCARDSPACE=1;><ACK;CMD=AUTH;STATUS=NOT CLEARED;>" + LINE_END);
      left = chance.between(2, 3);
    } else {
      said.add("<CARDEXISTS=1;><ACK;CMD=AUTH;STATUS=OK;>" + LINE_END);
      maxAmperes = chance.of(List.of(16, 20, 23));
      cableAmperes = chance.of(List.of(13, 20, 32));
      enter(StationState.READY, 1, 3);
    }
  }

  private void leaveCharging(List<String> said) {
    if (chance.oneIn(3)) {
      for (int count = 1; count <= 3; count++) {
        said.add("<INFO;MSG=GF_COUNT;VAL=" + count + ";>" + LINE_END);
      }
      said.add("<WARN;MSG=GF_CONFIRMED;>" + LINE_END);
      enter(StationState.FAULT_HARD, 5, 8);
    } else if (chance.oneIn(3)) {
      enter(StationState.PAUSED, 3, 6);
    } else {
      enter(StationState.STOPPED, 2, 5);
    }
  }

  private void enter(StationState next, int leastSteps, int mostSteps) {
    state = next;
    left = chance.between(leastSteps, mostSteps);
  }

  private String status() {
    frames++;
    boolean cable = state.cableIn();
    boolean car = cable && state != StationState.CABLE_DETECT && state != StationState.STOPPED;
    int pilot = state.charging() ? 2 : car ? 1 : 0;
    int pilotVolts = List.of(3915, 2762, 1846).get(pilot) + chance.between(-6, 8);
    int proximityVolts = (cable ? 1566 : 2345) + chance.between(-5, 5);
    StringBuilder frame = new StringBuilder("<STAT;");
    if (frames % 7 == 4) {
      frame.append("ID=").append(frames).append(';');
    }
    pair(frame, "CP", pilot);
    pair(frame, "CPV", pilotVolts);
    pair(frame, "PP", cable ? 1 : 0);
    pair(frame, "PPV", proximityVolts);
    pair(frame, "RL", state.charging() ? 1 : 0);
    pair(frame, "LOCK", state.authorised() ? 1 : 0);
    pair(frame, "MOTOR", 0);
    pair(frame, "PWM", state.authorised() ? maxAmperes * 255 / 60 : 255);
    pair(frame, "MAX", maxAmperes);
    pair(frame, "CABLE", cable ? cableAmperes : 0);
    pair(frame, "AUTH", state.authorised() ? 1 : 0);
    pair(frame, "STATE", state.number());
    pair(frame, "PB", state == StationState.FAULT_HARD ? 2 : 0);
    pair(frame, "STOP", 0);
    return frame.append('>').append(chance.oneIn(20) ? "" : LINE_END).toString();
  }

  private static void pair(StringBuilder frame, String key, int value) {
    frame.append(key).append('=').append(value).append(';');
  }
}
