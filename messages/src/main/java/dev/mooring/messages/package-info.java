/**
 * Messages that must reach another system although it is away: {@link dev.mooring.messages.Outbox} keeps them in PostgreSQL, added in the
 * transaction that makes them true, and {@link dev.mooring.messages.Relay} delivers them, at least once and in order per key. What may
 * come in: queues in which messages end, and what operators do with dead letters. Not: what a message means.
 */
@NullMarked
package dev.mooring.messages;

import org.jspecify.annotations.NullMarked;
