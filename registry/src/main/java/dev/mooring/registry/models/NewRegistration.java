package dev.mooring.registry.models;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registration that a client asks for.
 *
 * @param id its id, the same for every attempt
 * @param scope the name of the caller; callers do not share idempotency keys
 * @param key the idempotency key; null if the client sent none
 * @param request the checked request
 */
public record NewRegistration(
        UUID id, String scope, @Nullable IdempotencyKey key, RegistrationRequest request) {}
