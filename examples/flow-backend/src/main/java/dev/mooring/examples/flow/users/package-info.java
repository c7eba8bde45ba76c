/** The users service: who may order, and how much. It writes the table {@code users}. */
@NullMarked
package dev.mooring.examples.flow.users;

import org.jspecify.annotations.NullMarked;
