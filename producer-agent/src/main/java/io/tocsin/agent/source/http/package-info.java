/** Events that programs and browsers send over HTTP. */
@NullMarked
package io.tocsin.agent.source.http;

import org.jspecify.annotations.NullMarked;
