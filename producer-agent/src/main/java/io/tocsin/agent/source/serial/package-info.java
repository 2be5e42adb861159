/**
 * Devices on serial ports. {@link io.tocsin.agent.source.serial.SerialSource} is the front; this is
 * the only package that knows jSerialComm.
 */
@NullMarked
package io.tocsin.agent.source.serial;

import org.jspecify.annotations.NullMarked;
