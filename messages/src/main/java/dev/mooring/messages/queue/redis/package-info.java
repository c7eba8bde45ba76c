/**
 * A queue in Redis: a stream with consumer groups. Needs the module {@code redis}, without which no class of this package loads. What may
 * come in: how Redis keeps a queue. Not: how to reach Redis.
 */
@NullMarked
package dev.mooring.messages.queue.redis;

import org.jspecify.annotations.NullMarked;
