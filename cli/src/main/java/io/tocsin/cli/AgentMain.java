package io.tocsin.cli;

/** The entry of the agent's folder for the edge, which holds nothing of the other services. */
public final class AgentMain {

  private AgentMain() {}

  /** Runs one command and exits with its status: 0 well, 1 failed, 2 called wrongly. */
  public static void main(String[] arguments) {
    System.exit(TocsinCommand.executeAgent(arguments));
  }
}
