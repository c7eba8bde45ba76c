package dev.mooring.registry.models;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registration to be made.
 *
 * @param id its id, the same when it is tried again
 * @param scope who asks; an idempotency key is theirs alone
 * @param key what makes a repetition safe, if the client sent it
 * @param request what is to be registered
 */
record NewRegistration(UUID id, String scope, @Nullable IdempotencyKey key, RegistrationRequest request) {}
