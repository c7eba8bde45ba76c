/** What answers from memory and never waits, as a type. What may come in: the mark. Not: what is answered. */
@NullMarked
package dev.mooring.spring.memory;

import org.jspecify.annotations.NullMarked;
