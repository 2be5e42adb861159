package io.tocsin.agent.transform;

/** What the settings of every kind of source have. */
public interface SourceSettings {

  /** The source part of ids; unique within the agent. */
  String sourceName();

  /** What is done to its records on the way. */
  TransformSettings transform();
}
