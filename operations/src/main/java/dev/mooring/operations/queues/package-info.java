/**
 * The queues of messages to other systems, as operators see them: {@code /ops/queues}, detailed health, metrics. What may come in: figures,
 * and acts on messages. Not: how messages are delivered.
 */
@NullMarked
package dev.mooring.operations.queues;

import org.jspecify.annotations.NullMarked;
