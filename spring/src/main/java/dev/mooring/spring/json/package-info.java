/** Writes JSON without Jackson, for health bodies, problem bodies and log lines. */
@NullMarked
package dev.mooring.spring.json;

import org.jspecify.annotations.NullMarked;
