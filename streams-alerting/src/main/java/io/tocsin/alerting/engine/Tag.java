package io.tocsin.alerting.engine;

/**
 * What an entry of the store holds: the first byte of its key. Changing one orphans its entries.
 */
enum Tag {
  /** The engine clock. */
  CLOCK('C'),
  /** A rule in force: name to condition. */
  RULE('R'),
  /** A group's life: its clock, phase and next timer. */
  GROUP('G'),
  /** A group's values. */
  NAME('N'),
  /** What a group's window holds, an entry each. */
  WINDOW('W'),
  /** The newest records of a group. */
  EVIDENCE('E'),
  /** The firing transition of an open episode. */
  EPISODE('A'),
  /** A source whose sequences are known, and the floor below which all count as seen. */
  SOURCE('J'),
  /** A page of known sequences of a source. */
  SEQUENCE('I'),
  /** One known id of another form. */
  FOREIGN('F');

  private final byte code;

  Tag(char code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }
}
