/**
 * What operators order of breakers, known to every instance and after a restart: {@link dev.mooring.registry.intents.Operators} takes
 * orders, writes them down together with their audit, and obeys those of other instances. What may come in: which order counts where.
 * Not: how orders come here.
 */
@NullMarked
package dev.mooring.registry.intents;

import org.jspecify.annotations.NullMarked;
