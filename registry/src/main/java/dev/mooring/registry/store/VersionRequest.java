package dev.mooring.registry.store;

import java.time.Duration;
import java.util.UUID;

/**
 * A call that makes a version, so that it makes no second one when the client repeats it because it got no answer.
 *
 * @param digest what the caller sent, and who it is: equal for a repetition. The caller does not change it afterwards
 * @param holder the process that answers
 * @param answered whether the answer to an equal call has reached its client, so that this one is no repetition
 */
@SuppressWarnings("ArrayRecordComponent") // Only the database compares digests.
public record VersionRequest(byte[] digest, UUID holder, boolean answered) {
    /** For so long a call without an answer can be repeated: longer than MLflow's client tries. */
    static final Duration REPEATABLE = Duration.ofMinutes(10);
}
