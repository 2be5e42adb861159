/**
 * Logs as OpenTelemetry sends them (OTLP 1.9), in protobuf and in JSON. {@link
 * io.tocsin.agent.source.http.otlp.OtlpLogs} is the front; this is the only package that knows
 * protobuf.
 */
@NullMarked
package io.tocsin.agent.source.http.otlp;

import org.jspecify.annotations.NullMarked;
