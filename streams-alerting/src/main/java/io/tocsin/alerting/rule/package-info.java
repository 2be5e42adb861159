/**
 * What an alert rule says: the model of a rule file and its reader. Knows no time, no state and no
 * Kafka.
 */
@NullMarked
package io.tocsin.alerting.rule;

import org.jspecify.annotations.NullMarked;
