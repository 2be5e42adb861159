/** Log files, read line by line through every kind of rotation. */
@NullMarked
package io.tocsin.agent.source.file;

import org.jspecify.annotations.NullMarked;
