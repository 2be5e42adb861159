/** Rules of other systems, as far as they mean something here. */
@NullMarked
package io.tocsin.alerting.convert;

import org.jspecify.annotations.NullMarked;
