/**
 * A real Kafka broker, a real OpenSearch node and a pseudo serial port inside this JVM: the ground
 * under the quick start and under every test that wants the real thing.
 *
 * <p>Three public fronts ({@link io.tocsin.embedded.EmbeddedKafka}, {@link
 * io.tocsin.embedded.EmbeddedOpenSearch}, {@link io.tocsin.embedded.PseudoSerialPort}); nothing
 * here knows what flows through them. Both servers listen on 127.0.0.1 only and keep their data.
 */
@NullMarked
package io.tocsin.embedded;

import org.jspecify.annotations.NullMarked;
