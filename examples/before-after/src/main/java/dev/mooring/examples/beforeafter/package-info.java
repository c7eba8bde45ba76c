/** A plain Spring Boot application, which knows nothing of Mooring. */
@NullMarked
package dev.mooring.examples.beforeafter;

import org.jspecify.annotations.NullMarked;
