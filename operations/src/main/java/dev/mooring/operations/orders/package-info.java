/**
 * What operators order of breakers, known to every instance and after a restart: {@link dev.mooring.operations.orders.Operators} takes
 * orders, records them together with their audit, and obeys those of other instances. What may come in: which order counts where, and
 * the calls on breakers. Not: who may call.
 */
@NullMarked
package dev.mooring.operations.orders;

import org.jspecify.annotations.NullMarked;
