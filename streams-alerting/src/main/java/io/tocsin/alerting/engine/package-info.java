/**
 * The rule evaluator: events and time in, transitions out, over a small store. Knows no Kafka and
 * no wall clock; the same one runs in production, in rule tests and in back-tests.
 */
@NullMarked
package io.tocsin.alerting.engine;

import org.jspecify.annotations.NullMarked;
