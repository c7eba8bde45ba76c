/** How a log line looks to machines: one JSON object with the fields of the contract. */
@NullMarked
package dev.mooring.spring.logging;

import org.jspecify.annotations.NullMarked;
