/** An application with an outbox, and the tests that run it. */
@NullMarked
package dev.mooring.spring.outbox;

import org.jspecify.annotations.NullMarked;
