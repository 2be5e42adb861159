/**
 * What is done to records between reading and the disk or the broker: redaction, labels, sampling
 * and rate limits. {@link io.tocsin.agent.transform.Transform} is the front; this is the only
 * package that knows RE2/J.
 */
@NullMarked
package io.tocsin.agent.transform;

import org.jspecify.annotations.NullMarked;
