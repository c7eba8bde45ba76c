package dev.mooring.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.Mooring;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.retry.Backoff;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The callbacks of a call, in each way to misbehave: the caller gets the real error, and no place is lost. */
@Timeout(30)
class MisbehavingCallsTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final DependencyBuilder builder = Dependency.named("ranking")
            .optional()
            .breaker(b -> b.failures(1_000))
            .bulkhead(new Bulkhead.Limits(1, 0, Duration.ZERO));

    @AfterEach
    void letGo() {
        release.countDown();
    }

    @ParameterizedTest
    @EnumSource
    void work_ofACall_leavesItsPlace(Misbehaviour way) throws Exception {
        Dependency ranking = builder.build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            Thread caller = new Thread(() -> {
                var unused = catchThrowable(() -> ranking.call(() -> act(way)).get());
            });
            caller.start();
            if (way == Misbehaviour.BLOCKS) {
                await().until(() -> ranking.bulkhead().running() == 1);
                release.countDown();
            }
            caller.join();
            isFree(ranking);
        }
    }

    @ParameterizedTest
    @EnumSource
    void work_ofACallThatAnswersLater_leavesItsPlaceAndCompletesTheFuture(Misbehaviour way) {
        Dependency ranking = builder.build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            release.countDown();
            CompletableFuture<Object> future = ranking.callAsync(() -> {
                way.act(release);
                return null;
            });
            assertThat(future).isCompletedExceptionally();
            isFree(ranking);
        }
    }

    @ParameterizedTest
    @EnumSource
    void classifier_ofAFailedCall_doesNotHideTheErrorOrKeepThePlace(Misbehaviour way) {
        Dependency ranking = builder.failures(misbehaving(way)).build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            release.countDown();
            assertThatThrownBy(() -> ranking.call(MisbehavingCallsTest::refuse).get())
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("Connection refused");
            isFree(ranking);
            assertThat(ranking.breaker().counts().failed()).containsKey(FailureKind.CONNECTION_REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void classifier_ofAFailedCallThatAnswersLater_completesTheFutureAndFreesThePlace(Misbehaviour way) {
        Dependency ranking = builder.failures(misbehaving(way)).build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            release.countDown();
            CompletableFuture<String> future =
                    ranking.callAsync(() -> CompletableFuture.failedFuture(new ConnectException("Connection refused")));
            assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ConnectException.class);
            isFree(ranking);
        }
    }

    @ParameterizedTest
    @EnumSource
    void listenerOfCalls_harmsNoCall(Misbehaviour way) throws Exception {
        Dependency ranking = builder.build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            release.countDown();
            ranking.timer().tell(took -> way.act(release));
            assertThat(ranking.call(() -> "best").get()).isEqualTo("best");
            assertThat(ranking.call(() -> "best").get()).isEqualTo("best");
            isFree(ranking);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stageThatCannotBeWatched_completesTheFutureAndFreesThePlace(Misbehaviour way) {
        Dependency ranking = builder.build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            release.countDown();
            CompletionStage<String> stage = new CompletableFuture<>() {
                @Override
                public CompletableFuture<String> whenComplete(
                        java.util.function.BiConsumer<? super String, ? super Throwable> action) {
                    way.act(release);
                    action.accept("best", null);
                    return null;
                }
            };
            assertThat(ranking.callAsync(() -> stage)).isDone();
            isFree(ranking);
        }
    }

    @Test
    void classifierThatThrows_duringRetries_hidesNoError() {
        AtomicInteger made = new AtomicInteger();
        Dependency ranking =
                builder.failures(misbehaving(Misbehaviour.THROWS_AN_ERROR)).build();
        try (Mooring mooring = Mooring.supervise(ranking)) {
            assertThatThrownBy(() -> ranking.call(() -> {
                                made.incrementAndGet();
                                return refuse();
                            })
                            .retrying(Backoff.exponential(Duration.ofMillis(1)).attempts(2))
                            .get())
                    .isInstanceOf(ConnectException.class);
            assertThat(made).as("a refused connection is transient").hasValue(2);
        }
    }

    private Object act(Misbehaviour way) {
        way.act(release);
        return null;
    }

    private FailureClassifier misbehaving(Misbehaviour way) {
        return new FailureClassifier() {
            @Override
            public Optional<FailureKind> classify(Throwable error) {
                way.act(release);
                return null;
            }
        };
    }

    private static String refuse() throws ConnectException {
        throw new ConnectException("Connection refused");
    }

    private static void isFree(Dependency dependency) {
        assertThat(dependency.bulkhead().running()).as("places taken").isZero();
        assertThat(dependency.call(() -> "free").orElse(() -> "full")).isEqualTo("free");
    }
}
