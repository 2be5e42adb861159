/** From finished records to the broker's acknowledgement: ordered, endlessly patient, bounded. */
@NullMarked
package io.tocsin.agent.publish;

import org.jspecify.annotations.NullMarked;
