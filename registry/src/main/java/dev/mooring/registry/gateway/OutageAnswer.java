package dev.mooring.registry.gateway;

import java.time.Duration;

/**
 * An answer to a read that does not come from MLflow.
 *
 * @param status the HTTP status
 * @param body JSON as MLflow writes it
 * @param age how long ago MLflow said so
 */
@SuppressWarnings("ArrayRecordComponent") // Written once; never compared.
public record OutageAnswer(int status, byte[] body, Duration age) {}
