package dev.mooring.failure;

import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the classifier of an application. Where that throws or returns null, {@link FailureClassifier#jdk()} decides, because a
 * failure that a classifier cannot read is still a failure.
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

    @Override
    public String hint(FailureKind kind) {
        try {
            return Objects.requireNonNullElseGet(classifier.hint(kind), kind::hint);
        } catch (Throwable broken) {
            LOG.debug("the failure classifier {} has no hint", classifier.getClass(), broken);
            return kind.hint();
        }
    }

    /** Adds the classifier's own failure to the error that it could not read. Only once, because threads may share an exception. */
    private void note(Throwable error, Throwable broken) {
        if (broken != error && error.getSuppressed().length == 0) {
            error.addSuppressed(broken);
        }
        LOG.debug("the failure classifier {} failed", classifier.getClass(), broken);
    }
}
