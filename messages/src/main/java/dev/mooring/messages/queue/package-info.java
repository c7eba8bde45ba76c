/**
 * Queues in which messages wait for the services that read them: {@link dev.mooring.messages.queue.MessageQueue}, the worker that reads one
 * ({@link dev.mooring.messages.queue.Consumer}), and the way from the outbox into one. What may come in: what every queue has. Not: how a
 * server keeps it, which the packages below say.
 */
@NullMarked
package dev.mooring.messages.queue;

import org.jspecify.annotations.NullMarked;
