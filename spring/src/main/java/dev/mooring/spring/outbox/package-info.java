/**
 * A transactional outbox for an application: one bean that adds messages in the application's transactions, and a relay for each bean of
 * type {@link dev.mooring.messages.Delivery}. Needs the module {@code messages}. What may come in: how an application configures an outbox.
 * Not: how messages are kept and delivered.
 */
@NullMarked
package dev.mooring.spring.outbox;

import org.jspecify.annotations.NullMarked;
