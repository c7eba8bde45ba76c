/** Log lines as JSON objects, with stable names for their fields. */
@NullMarked
package dev.mooring.spring.logging;

import org.jspecify.annotations.NullMarked;
