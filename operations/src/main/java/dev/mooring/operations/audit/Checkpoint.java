package dev.mooring.operations.audit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of the audit's chain at a moment, with a signature. It is noted outside the database, in the log for example: a chain that was
 * written anew as a whole does not hold it. Its text is {@code v1/SEQ/HASH/AT/SIGNATURE}.
 *
 * @param link the last entry
 * @param at when it was the last one, in whole seconds
 * @param signature the signature in base64url
 */
record Checkpoint(ChainLink link, Instant at, String signature) {
    private static final Pattern FORM = Pattern.compile(
            "v1/(0|[1-9][0-9]{0,17})/([0-9a-f]{64})/(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)/([A-Za-z0-9_-]{43})");

    /** What the signature is made of. */
    static String signed(ChainLink link, Instant at) {
        return "mooring-audit-checkpoint/v1/" + link.seq() + "/" + link.hash() + "/"
                + at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Reads the text of a checkpoint; empty if it is none. */
    static Optional<Checkpoint> read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            ChainLink link = new ChainLink(Long.parseLong(parts.group(1)), parts.group(2));
            return Optional.of(new Checkpoint(link, Instant.parse(parts.group(3)), parts.group(4)));
        } catch (DateTimeParseException noMoment) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "v1/" + link.seq() + "/" + link.hash() + "/" + at + "/" + signature;
    }
}
