/** What a process tells systemd when it runs as one of its services. */
@NullMarked
package io.tocsin.bootstrap.systemd;

import org.jspecify.annotations.NullMarked;
