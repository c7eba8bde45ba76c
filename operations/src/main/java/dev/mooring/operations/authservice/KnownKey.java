package dev.mooring.operations.authservice;

import dev.mooring.operations.access.Caller;

/**
 * A key that the auth service found valid. Immutable.
 *
 * @param caller its owner, as of the last clear answer
 * @param validSince when the service asked for that answer, by the monotonic clock
 * @param inDoubt whether a later question got no clear answer
 * @param askedAt when the service last asked, by the monotonic clock
 */
record KnownKey(Caller caller, long validSince, boolean inDoubt, long askedAt) {
    static KnownKey valid(Caller caller, long asked) {
        return new KnownKey(caller, asked, false, asked);
    }

    KnownKey doubted(long asked) {
        return new KnownKey(caller, validSince, true, asked);
    }
}
