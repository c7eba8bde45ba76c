/**
 * How the services tell each other what happened: one queue, filled from the outbox. What may come in: what all messages have in common.
 * Not: what a service does with a message.
 */
@NullMarked
package dev.mooring.examples.flow.messages;

import org.jspecify.annotations.NullMarked;
