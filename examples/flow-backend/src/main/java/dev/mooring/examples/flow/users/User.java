package dev.mooring.examples.flow.users;

import dev.mooring.spring.body.Answer;
import java.util.UUID;

/**
 * A user. Immutable.
 *
 * @param id the user's id (UUIDv7)
 * @param email the address, which no other user has
 * @param creditCents how much all orders of the user may cost together
 */
@Answer
record User(UUID id, String email, long creditCents) {}
