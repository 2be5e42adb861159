/** From a line of a log to a log event, whatever the line looks like: nothing is ever lost. */
@NullMarked
package io.tocsin.agent.parse;

import org.jspecify.annotations.NullMarked;
