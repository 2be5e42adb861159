/**
 * The wiring of rules into Kafka Streams: which record meets which engine on which partition, and
 * where transitions go. What a rule means is the engine's business.
 */
@NullMarked
package io.tocsin.alerting.topology;

import org.jspecify.annotations.NullMarked;
