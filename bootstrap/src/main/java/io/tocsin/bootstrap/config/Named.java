package io.tocsin.bootstrap.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For a record read from a file: the key under which a variant of a sealed type stands, when it is
 * not the record's name in kebab-case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface Named {
  /** The text. */
  String value();
}
