package dev.mooring.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureClassifierTest {

    @Test
    void causes_areListedFromTheOutsideIn() {
        IOException inner = new IOException("inner");
        RuntimeException middle = new RuntimeException(inner);
        Error outer = new Error(middle);

        assertThat(FailureClassifier.causes(outer)).containsExactly(outer, middle, inner);
        assertThat(FailureClassifier.causes(inner)).containsExactly(inner);
    }

    @Test
    void hint_isTheClassifiersOwn_andThatOfTheKindWhereItHasNone() {
        FailureClassifier own = new FailureClassifier() {
            @Override
            public Optional<FailureKind> classify(Throwable error) {
                return Optional.empty();
            }

            @Override
            public String hint(FailureKind kind) {
                if (kind == FailureKind.UNKNOWN) {
                    throw new IllegalStateException("no hint");
                }
                return "ask the owner";
            }
        };

        assertThat(FailureClassifier.fenced(own).hint(FailureKind.HTTP_ERROR)).isEqualTo("ask the owner");
        assertThat(FailureClassifier.fenced(own).hint(FailureKind.UNKNOWN)).isEqualTo(FailureKind.UNKNOWN.hint());
        assertThat(FailureClassifier.jdk().hint(FailureKind.HTTP_ERROR)).isEqualTo(FailureKind.HTTP_ERROR.hint());
    }

    @Test
    void causes_thatFormALoop_areCutAt20() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);

        assertThat(FailureClassifier.causes(one)).hasSize(20).startsWith(one, other, one);
        assertThat(FailureClassifier.jdk().classify(one)).contains(FailureKind.UNKNOWN);
    }
}
