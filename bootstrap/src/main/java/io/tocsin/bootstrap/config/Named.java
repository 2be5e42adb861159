package io.tocsin.bootstrap.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For a record read from a file: the key under which a variant of a sealed type or a component
 * stands, when it is not its name in kebab-case, as for keys that are Java's reserved words.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Named {
  /** The text. */
  String value();
}
