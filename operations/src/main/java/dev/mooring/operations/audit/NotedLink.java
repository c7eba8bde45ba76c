package dev.mooring.operations.audit;

import dev.mooring.spring.body.Mistakes;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a caller noted it, for a verification.
 *
 * @param link the entry that the chain must hold; empty if the caller gave none that counts
 * @param finding what is wrong with the note itself
 */
record NotedLink(Optional<ChainLink> link, Optional<ChainFinding> finding) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String CHECKPOINT = "checkpoint";

    /** Reads the parameters: a number with its hash, or a signed checkpoint. Adds what is wrong with them to {@code mistakes}. */
    static NotedLink read(
            @Nullable String seq,
            @Nullable String hash,
            @Nullable String checkpoint,
            Optional<CheckpointSigner> signer,
            Mistakes mistakes) {
        Optional<ChainLink> plain = link("seq", seq, "hash", hash, mistakes);
        if (checkpoint == null) {
            return new NotedLink(plain, Optional.empty());
        }
        Optional<Checkpoint> noted = Checkpoint.read(checkpoint);
        if (noted.isEmpty()) {
            mistakes.add(
                    CHECKPOINT, "must be a checkpoint as GET /ops/audit/checkpoint gives it: v1/SEQ/HASH/AT/SIGNATURE");
        } else if (signer.isEmpty()) {
            mistakes.add(
                    CHECKPOINT,
                    "cannot be checked, because AUDIT_SIGNING_KEY is not set; give its seq and hash instead");
        } else if (plain.isPresent()) {
            mistakes.add(CHECKPOINT, "must be left out beside seq and hash");
        } else {
            return signed(noted.get(), signer.get());
        }
        return new NotedLink(plain, Optional.empty());
    }

    private static NotedLink signed(Checkpoint noted, CheckpointSigner signer) {
        Optional<ChainFinding> forged = signer.isSigned(noted)
                ? Optional.empty()
                : Optional.of(new ChainFinding(
                        ChainFinding.Kind.NOT_SIGNED,
                        noted.link().seq(),
                        "the checkpoint does not carry the signature of the AUDIT_SIGNING_KEY in force"));
        return new NotedLink(forged.isPresent() ? Optional.empty() : Optional.of(noted.link()), forged);
    }

    /** A number and a hash, both or neither. */
    static Optional<ChainLink> link(
            String seqName, @Nullable String seq, String hashName, @Nullable String hash, Mistakes mistakes) {
        if (seq == null && hash == null) {
            return Optional.empty();
        }
        String small = hash == null ? "" : hash.toLowerCase(Locale.ROOT);
        boolean isHash = HASH.matcher(small).matches();
        if (!isHash) {
            mistakes.add(hashName, "must be the 64 hexadecimal digits of an entry's hash, together with its number");
        }
        if (seq == null || !NUMBER.matcher(seq).matches()) {
            mistakes.add(seqName, "must be the number of an entry, together with its hash");
            return Optional.empty();
        }
        return isHash ? Optional.of(new ChainLink(Long.parseLong(seq), small)) : Optional.empty();
    }
}
