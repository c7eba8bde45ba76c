package dev.mooring.spring.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Dependency;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureKind;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(30)
class GuardedTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(SupervisionAutoConfiguration.class, GuardedAutoConfiguration.class))
            .withUserConfiguration(App.class);

    @Test
    void failuresOfTheMethod_openTheBreaker_andThenCallsAreRefused() {
        runner.run(context -> {
            Ranking ranking = context.getBean(Ranking.class);
            assertThat(ranking.rank(false)).isEqualTo("ranked");
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> ranking.rank(true)).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> ranking.rank(false)).isInstanceOf(DependencyUnavailableException.class);
        });
    }

    @Test
    void exceptionOfTheMethod_isKnownWithItsDependencyAndKindWhereverItIsACause() {
        runner.run(context -> {
            Ranking ranking = context.getBean(Ranking.class);
            FailedCalls failed = context.getBean(FailedCalls.class);
            FailedCalls.Failed expected = new FailedCalls.Failed("ranking", FailureKind.CONNECTION_REFUSED);

            Throwable thrown = catchThrowable(() -> ranking.rank(true));
            Throwable later = catchThrowable(() -> ranking.rankLater(true).join());

            assertThat(failed.behind(new IllegalStateException(thrown))).hasValue(expected);
            assertThat(failed.behind(later)).hasValue(expected);
            assertThat(failed.behind(new ConnectException("Connection refused")))
                    .isEmpty();
        });
    }

    @Test
    void stageThatFails_countsAsFailure() {
        runner.run(context -> {
            Ranking ranking = context.getBean(Ranking.class);
            for (int i = 0; i < 5; i++) {
                assertThat(ranking.rankLater(true)).isCompletedExceptionally();
            }
            assertThatThrownBy(() -> ranking.rank(false)).isInstanceOf(DependencyUnavailableException.class);
        });
    }

    @Test
    void nameWithoutDependency_saysWhichThereAre() {
        runner.run(context -> assertThatThrownBy(
                        () -> context.getBean(Ranking.class).misspelled())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rankign")
                .hasMessageContaining("[ranking]"));
    }

    @Test
    void switchedOff_methodsAreNotGuarded() {
        runner.withPropertyValues("mooring.guarded.enabled=false").run(context -> {
            Ranking ranking = context.getBean(Ranking.class);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> ranking.rank(true)).isInstanceOf(IOException.class);
            }
            assertThat(ranking.rank(false)).isEqualTo("ranked");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class App {
        @Bean
        Dependency rankingDependency() {
            return Dependency.named("ranking").optional().build();
        }

        @Bean
        Ranking ranking() {
            return new Ranking();
        }
    }

    static class Ranking {
        @Guarded("ranking")
        public String rank(boolean broken) throws IOException {
            if (broken) {
                throw new ConnectException("Connection refused");
            }
            return "ranked";
        }

        @Guarded("ranking")
        public CompletableFuture<String> rankLater(boolean broken) {
            return broken
                    ? CompletableFuture.failedFuture(new ConnectException("Connection refused"))
                    : CompletableFuture.completedFuture("ranked");
        }

        @Guarded("rankign")
        public String misspelled() {
            return "never";
        }
    }
}
