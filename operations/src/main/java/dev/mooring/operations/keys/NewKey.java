package dev.mooring.operations.keys;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.operations.access.ScopeMissing;
import dev.mooring.spring.body.BodyReader;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checked request for a new key.
 *
 * @param name 1 to 64 characters, never with a slash
 * @param scopes at least one
 * @param expiresIn how long the key is valid; empty if only a revocation ends it
 * @param staysBecause why the key shall work on when calls begin to need a key; it counts for a key made before that
 */
record NewKey(String name, Set<Scope> scopes, Optional<Duration> expiresIn, Optional<String> staysBecause) {
    private static final String STAYS_BECAUSE = "stays_because";
    private static final Set<String> FIELDS =
            new LinkedHashSet<>(List.of("name", "scopes", "expires_in", STAYS_BECAUSE));
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._@-]*[A-Za-z0-9])?");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * Reads the body of {@code POST /ops/keys}. Ends the request with 400 if it is not JSON, with 422 and each wrong field otherwise.
     *
     * @param known the scopes that a key may carry, in order
     */
    static NewKey read(byte @Nullable [] body, Set<Scope> known) {
        BodyReader reader = BodyReader.of(body, FIELDS);
        String name = reader.required("name", LONGEST_NAME);
        if (!NAME.matcher(name).matches()) {
            reader.mistakes()
                    .add(
                            "name",
                            "must be 1 to 64 characters of A-Z a-z 0-9 . _ @ - and spaces, with a letter or a digit at both ends");
        }
        Set<Scope> scopes = scopes(reader, known);
        Duration expiresIn = reader.duration("expires_in", SHORTEST, LONGEST);
        Optional<String> stays = reader.given(STAYS_BECAUSE) == null
                ? Optional.empty()
                : Optional.of(reader.required(STAYS_BECAUSE, LONGEST_REASON));
        reader.mistakes().refuseIfAny();
        return new NewKey(name, scopes, Optional.ofNullable(expiresIn), stays);
    }

    /**
     * Refuses a key that could do more than the key of its maker: one with a scope that the maker lacks (403), or one that expires later
     * than the maker's (422). Revoking the maker's key does not revoke the new one; the audit names the maker of each.
     */
    void refuseUnlessWithin(Caller maker, Instant now) {
        Set<Scope> missing = new TreeSet<>(scopes);
        missing.removeAll(maker.scopes());
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ScopeMissing.problem("A key can be given only scopes that the key it is made with has.", missing));
        }
        maker.until().ifPresent(end -> {
            if (expiresIn.isEmpty() || now.plus(expiresIn.get()).isAfter(end)) {
                throw KeyProblems.outlivesItsMaker(end);
            }
        });
    }

    private static Set<Scope> scopes(BodyReader reader, Set<Scope> known) {
        String names = String.join(", ", Scope.codes(known));
        Set<Scope> scopes = new TreeSet<>();
        for (String code : reader.requiredTexts("scopes")) {
            Scope.of(code).filter(known::contains).ifPresentOrElse(scopes::add, () -> reader.mistakes()
                    .add("scopes", "holds a scope that is not known; known are " + names));
        }
        if (scopes.isEmpty()) {
            reader.mistakes().add("scopes", "must hold at least one of " + names);
        }
        return scopes;
    }
}
