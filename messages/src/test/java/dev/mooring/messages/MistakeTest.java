package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureKind;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MistakeTest {
    @Test
    void callThatTheBreakerRefused_hasTheKindOfTheOutage_andIsNotSaturated() {
        Dependency backend = Dependency.named("backend")
                .breaker(breaker -> breaker.failures(1).recoveryTimeout(Duration.ofMinutes(1)))
                .build();
        try (Mooring mooring = Mooring.supervise(backend)) {
            assertThat(mooring.health().dependencies()).hasSize(1);
            backend.begin().failed(new ConnectException("refused"));
            DependencyUnavailableException refused =
                    catchThrowableOfType(DependencyUnavailableException.class, backend::begin);

            assertThat(Mistake.later(refused))
                    .isInstanceOfSatisfying(Result.Later.class, later -> assertThat(later.kind())
                            .isEqualTo(FailureKind.CONNECTION_REFUSED));
        }
    }

    @Test
    void fullPool_isSaturated() {
        assertThat(Mistake.later(new DependencySaturatedException("backend", "32 calls run")))
                .isEqualTo(new Result.Later(FailureKind.SATURATED, "32 calls run"));
    }
}
