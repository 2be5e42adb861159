package io.tocsin.agent.parse.frame;

import io.tocsin.bootstrap.config.Default;
import io.tocsin.bootstrap.config.Doc;

/** Where a frame that tells something has its level, event and message; the rest goes to meta. */
public record MessageFields(
    @Doc("The field with the level; INFO when it is missing or unknown") @Default("level")
        String level,
    @Doc("The field with the event's key") @Default("event") String event,
    @Doc("The field with the text for people") @Default("message") String message) {}
