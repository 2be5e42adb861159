/**
 * From a stream of bytes to frames, and from a frame to what it says. {@link
 * io.tocsin.agent.parse.frame.Framing} cuts, {@link io.tocsin.agent.parse.frame.FrameFormat} reads;
 * neither knows where the bytes come from.
 */
@NullMarked
package io.tocsin.agent.parse.frame;

import org.jspecify.annotations.NullMarked;
