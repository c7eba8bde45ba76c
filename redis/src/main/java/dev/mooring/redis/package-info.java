/**
 * A Redis that Mooring supervises: one shared connection for calls, sessions for commands that block, a probe on connections of its own,
 * the kinds of its failures. What may come in: how to reach Redis and when to stop trying, nothing that knows what is stored there.
 */
@NullMarked
package dev.mooring.redis;

import org.jspecify.annotations.NullMarked;
