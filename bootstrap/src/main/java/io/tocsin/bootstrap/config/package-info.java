/**
 * From a YAML file to a tree of records that cannot exist invalid, or to every problem in the file
 * at once, each with its line.
 */
@NullMarked
package io.tocsin.bootstrap.config;

import org.jspecify.annotations.NullMarked;
