/**
 * Where it flows: the topics' names, their definitions as code, and the plan that makes a cluster
 * agree with them.
 */
@NullMarked
package io.tocsin.topics;

import org.jspecify.annotations.NullMarked;
