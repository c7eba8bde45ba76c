/** The notifications service: tells users that their orders are paid. It writes the table {@code notifications}. */
@NullMarked
package dev.mooring.examples.flow.notifications;

import org.jspecify.annotations.NullMarked;
