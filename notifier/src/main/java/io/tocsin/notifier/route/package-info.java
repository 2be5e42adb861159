/** Who is told of which alert: a tree of matchers. */
@NullMarked
package io.tocsin.notifier.route;

import org.jspecify.annotations.NullMarked;
