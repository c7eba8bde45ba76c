package dev.mooring.failure;

import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a classifier that an application handed over and the code that needs its word: where the classifier throws or
 * returns null, {@link FailureClassifier#jdk()} classifies, because a failure that a classifier cannot read is a failure still.
 */
final class FencedClassifier implements FailureClassifier {
    private static final Logger LOG = LoggerFactory.getLogger(FailureClassifier.class);

    private final FailureClassifier classifier;

    FencedClassifier(FailureClassifier classifier) {
        this.classifier = classifier;
    }

    @Override
    public Optional<FailureKind> classify(Throwable error) {
        try {
            return Objects.requireNonNullElseGet(
                    classifier.classify(error), () -> FailureClassifier.jdk().classify(error));
        } catch (Throwable broken) {
            note(error, broken);
            return FailureClassifier.jdk().classify(error);
        }
    }

    /** The classifier's own failure travels with the one that it could not read; once, because an exception may be shared. */
    private void note(Throwable error, Throwable broken) {
        if (broken != error && error.getSuppressed().length == 0) {
            error.addSuppressed(broken);
        }
        LOG.debug("the failure classifier {} failed", classifier.getClass(), broken);
    }
}
