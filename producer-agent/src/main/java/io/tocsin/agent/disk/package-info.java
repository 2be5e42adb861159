/** Small files that survive a power cut. */
@NullMarked
package io.tocsin.agent.disk;

import org.jspecify.annotations.NullMarked;
