/** Programs with queues and an outbox without a framework, as the pages show them. */
@NullMarked
package dev.mooring.messages.example;

import org.jspecify.annotations.NullMarked;
