package dev.mooring.registry.models;

/**
 * The answer to a request to register.
 *
 * @param registration the committed registration
 * @param replayed whether an earlier request with the same idempotency key made it
 */
public record Registered(Registration registration, boolean replayed) {}
