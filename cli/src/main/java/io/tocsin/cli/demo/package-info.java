/**
 * A small world to watch: a charging station on a pseudo serial port and three services that write
 * log files. {@link io.tocsin.cli.demo.DemoWorld} is the front. It knows the platform only by the
 * files it writes for it.
 */
@NullMarked
package io.tocsin.cli.demo;

import org.jspecify.annotations.NullMarked;
