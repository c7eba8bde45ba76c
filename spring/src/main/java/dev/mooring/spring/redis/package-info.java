/**
 * Supervises the Redis of the application where it has the module redis: one from our own settings, or the one that Spring Data connects to.
 * Switched off, it loads no class of a Redis client. What may come in: wiring. The module redis has the rest.
 */
@NullMarked
package dev.mooring.spring.redis;

import org.jspecify.annotations.NullMarked;
