/** The notifier's file checked, asked and tried by hand. */
@NullMarked
package io.tocsin.cli.notifier;

import org.jspecify.annotations.NullMarked;
