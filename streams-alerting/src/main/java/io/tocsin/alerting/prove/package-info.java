/**
 * Proving rules before they run: replaying histories through the engine, rule tests, back-tests.
 * Returns results and texts; printing and exit codes are the command line's.
 */
@NullMarked
package io.tocsin.alerting.prove;

import org.jspecify.annotations.NullMarked;
