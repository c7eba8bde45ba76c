/**
 * Operators' orders for breakers, which hold on every instance and after a restart. {@link dev.mooring.operations.orders.Operators}
 * takes orders, records each together with its audit entry, and obeys those of other instances. What may come in: which order counts
 * where, and the endpoints of breakers. Not: which callers may use them.
 */
@NullMarked
package dev.mooring.operations.orders;

import org.jspecify.annotations.NullMarked;
