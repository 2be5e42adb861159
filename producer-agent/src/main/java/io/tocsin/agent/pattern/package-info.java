/** Regular expressions of users on texts of strangers: bounded, whatever both of them are. */
@NullMarked
package io.tocsin.agent.pattern;

import org.jspecify.annotations.NullMarked;
