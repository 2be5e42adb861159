/** Topics planned and applied from the command line. */
@NullMarked
package io.tocsin.cli.topics;

import org.jspecify.annotations.NullMarked;
