package dev.mooring.spring.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.Dependency;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureKind;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.spring.environment.StartFailedException;
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
import org.springframework.context.annotation.Lazy;

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
    void nameWithoutDependency_endsTheStart_andSaysWhichThereAre() {
        runner.withBean(Misspelled.class).run(context -> assertThat(context.getStartupFailure())
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("@Guarded(\"rankign\") of public java.lang.String")
                .hasMessageContaining("names no dependency; there are [ranking]"));
    }

    @Test
    void nameWithoutDependency_ofALazyBean_failsItsCreation() {
        runner.withBean(Misspelled.class, Misspelled::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThatThrownBy(() -> context.getBean(Misspelled.class))
                            .hasRootCauseMessage(
                                    "@Guarded(\"rankign\") of public java.lang.String " + Misspelled.class.getName()
                                            + ".rank() names no dependency; there are [ranking]. Define a bean of type Dependency with that"
                                            + " name.");
                });
    }

    /** Here Spring makes the guarded bean first, and it is the dependency's probe. */
    @Test
    void lazyBean_thatItsOwnDependencyNeeds_isCreated() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GuardedAutoConfiguration.class))
                .withUserConfiguration(Circle.class)
                .run(context -> assertThat(context.getBean(Ranking.class)).isNotNull());
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
    }

    static class Misspelled {
        @Guarded("rankign")
        public String rank() {
            return "never";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Circle {
        @Bean
        @Lazy
        Dependency rankingDependency(Ranking probed) {
            return Dependency.named("ranking")
                    .optional()
                    .probe(attempt -> {
                        probed.rank(false);
                        return ProbeAnswer.well();
                    })
                    .build();
        }

        @Bean
        @Lazy
        Ranking ranking() {
            return new Ranking();
        }
    }
}
