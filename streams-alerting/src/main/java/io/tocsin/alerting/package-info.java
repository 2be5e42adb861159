/**
 * The alerting service: Kafka Streams with the rule engine in it, run so that no outage ends it.
 */
@NullMarked
package io.tocsin.alerting;

import org.jspecify.annotations.NullMarked;
