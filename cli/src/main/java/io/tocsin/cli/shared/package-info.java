/** What several commands have alike: their cluster, their progress, their question before work. */
@NullMarked
package io.tocsin.cli.shared;

import org.jspecify.annotations.NullMarked;
