/**
 * The systemd journal, read through {@code journalctl}. {@link
 * io.tocsin.agent.source.journal.JournalSource} is the front.
 */
@NullMarked
package io.tocsin.agent.source.journal;

import org.jspecify.annotations.NullMarked;
