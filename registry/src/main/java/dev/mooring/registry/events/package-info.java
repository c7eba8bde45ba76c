/**
 * Events for other systems: a version was registered, a version was promoted. Each is written in the transaction that makes it true, into the
 * outbox or into a queue. What may come in: other events, other ways out. Not: how messages are delivered.
 */
@NullMarked
package dev.mooring.registry.events;

import org.jspecify.annotations.NullMarked;
