/**
 * Creates and closes the one {@code Mooring} that supervises all dependencies of the application. What may come in: its start
 * and its end.
 */
@NullMarked
package dev.mooring.spring.supervision;

import org.jspecify.annotations.NullMarked;
