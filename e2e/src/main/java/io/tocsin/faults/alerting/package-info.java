/** Kills alerting and its broker, and compares with a back-test. */
@NullMarked
package io.tocsin.faults.alerting;

import org.jspecify.annotations.NullMarked;
