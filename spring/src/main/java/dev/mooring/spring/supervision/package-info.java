/** One {@code Mooring} for all dependencies of the application, for as long as it runs. What may come in: its making and its end. */
@NullMarked
package dev.mooring.spring.supervision;

import org.jspecify.annotations.NullMarked;
