package dev.mooring.postgres.diagnosis;

import dev.mooring.postgres.connect.ConnectionSource;
import java.time.Duration;

/**
 * The database to examine.
 *
 * @param source connects to it
 * @param limit the limit of each layer
 * @param connections how many connections this process may have to it
 * @param creates whether this process creates tables there, as start tasks do
 * @param reads whether this process only reads, so that a standby is well
 */
public record Subject(ConnectionSource source, Duration limit, int connections, boolean creates, boolean reads) {}
