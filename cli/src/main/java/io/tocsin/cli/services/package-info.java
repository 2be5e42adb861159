/** Each service as a process of its own. */
@NullMarked
package io.tocsin.cli.services;

import org.jspecify.annotations.NullMarked;
