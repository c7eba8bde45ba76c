package dev.mooring.operations.authservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.operations.access.ValidatedKeys.Verdict;
import dev.mooring.settings.Secret;
import dev.mooring.spring.request.RequestThreads;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of {@link CheckedKeys}, on a clock that the test moves and with answers that the test chooses. */
@Timeout(30)
class CheckedKeysTest {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration LITTLE = Duration.ofSeconds(1);
    private static final Secret KEY = Secret.of("key-of-ann");
    private static final Caller ANN = caller("auth:ann/k1");
    private static final Outcome VALID = new Outcome.Valid(ANN);
    private static final Outcome INVALID = new Outcome.Invalid();
    private static final Outcome UNCLEAR = new Outcome.Unclear(Duration.ofSeconds(7));
    private static final Verdict ALLOWED = new Verdict.Valid(ANN, false);
    private static final Verdict IN_GRACE = new Verdict.Valid(ANN, true);
    private static final Verdict REFUSED = new Verdict.Invalid();

    private final ManualTime clock = new ManualTime();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile Outcome answer = VALID;
    /** Questions wait for it; open at first. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final CheckedKeys keys = new CheckedKeys(
            true, Time.of(clock.wall(), clock.monotonic()), TTL, GRACE, Duration.ofSeconds(10), 4, this::answer);

    @AfterEach
    void end() {
        gate.countDown();
        keys.close();
    }

    @Test
    void freshKey_isAskedForOnce() {
        assertThat(check()).isEqualTo(ALLOWED);
        clock.advance(TTL.multipliedBy(4).dividedBy(5).minus(LITTLE));

        assertThat(check()).isEqualTo(ALLOWED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void keyInTheLastFifthOfItsTime_isAskedForBesideTheRequest() {
        check();
        clock.advance(TTL.minus(LITTLE));
        close();

        assertThat(check()).isEqualTo(ALLOWED);

        gate.countDown();
        await().until(() -> asked.size() == 2);
        await().until(() -> {
            clock.advance(Duration.ofMillis(1));
            return check().equals(ALLOWED);
        });
        clock.advance(LITTLE.multipliedBy(2));
        assertThat(check()).isEqualTo(ALLOWED);
        assertThat(asked).hasSize(2);
    }

    @Test
    void revokedKey_isRefusedOnceItsTimeIsOver() {
        check();
        answer = INVALID;
        clock.advance(TTL);

        assertThat(check()).isEqualTo(REFUSED);
        answer = UNCLEAR;
        assertThat(check()).isEqualTo(REFUSED);
    }

    @Test
    void knownKey_worksWhileTheAnswersAreUnclear_untilTheGraceIsOver() {
        check();
        answer = UNCLEAR;
        clock.advance(TTL);

        assertThat(check()).isEqualTo(IN_GRACE);
        clock.advance(GRACE.minus(LITTLE));
        assertThat(check()).isEqualTo(IN_GRACE);
        clock.advance(LITTLE);
        assertThat(check()).isInstanceOf(Verdict.Unclear.class);
        answer = VALID;
        assertThat(check()).isEqualTo(ALLOWED);
    }

    @Test
    void keyInGrace_isRefusedSoonAfterTheServiceSaysThatItIsRevoked() {
        check();
        answer = UNCLEAR;
        clock.advance(TTL);
        assertThat(check()).isEqualTo(IN_GRACE);

        answer = INVALID;

        await().until(() -> {
            clock.advance(LITTLE);
            return check().equals(REFUSED);
        });
    }

    @Test
    void keyInDoubt_waitsForNoAnswer() {
        check();
        answer = UNCLEAR;
        clock.advance(TTL);
        check();
        close();
        clock.advance(LITTLE);

        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(check()).isEqualTo(IN_GRACE);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void staleKey_waitsOnceForAnAnswerThatHangs() {
        check();
        clock.advance(TTL);
        close();
        assertThat(check()).isEqualTo(IN_GRACE);

        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(check()).isEqualTo(IN_GRACE);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
        assertThat(asked).hasSize(2);
        answer = INVALID;
        gate.countDown();
        await().until(() -> check().equals(REFUSED));
    }

    @Test
    void keyInDoubt_isAskedForAtMostOnceASecond() {
        check();
        answer = UNCLEAR;
        clock.advance(TTL);
        for (int i = 0; i < 50; i++) {
            check();
        }

        assertThat(asked).hasSize(2);
    }

    @Test
    void keyInDoubt_thatRequestsUseAllTheTime_isAskedForAgain_andRefusedOnceItIsRevoked() {
        check();
        answer = UNCLEAR;
        clock.advance(TTL);
        assertThat(check()).isEqualTo(IN_GRACE);
        answer = INVALID;

        await().until(() -> {
            clock.advance(Duration.ofMillis(100));
            return check().equals(REFUSED);
        });
    }

    @Test
    void unknownKey_withoutAClearAnswer_isRefusedWithTheWait() {
        answer = UNCLEAR;

        Verdict verdict = check();

        assertThat(((Verdict.Unclear) verdict).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void unknownKey_whoseAnswerTakesLongerThanTheRequest_isUnclear_andKnownAfterwards() {
        close();
        try (Deadline.Scope request =
                Deadline.in(Duration.ofMillis(150), Time.system()).open()) {
            assertThat(request).isNotNull();
            assertThat(check()).isInstanceOf(Verdict.Unclear.class);
        }
        gate.countDown();

        await().until(() -> check().equals(ALLOWED));
        assertThat(asked).hasSize(1);
    }

    @Test
    void invalidKey_isNotAskedForAgainForAShortTime() {
        answer = INVALID;
        for (int i = 0; i < 10; i++) {
            assertThat(check()).isEqualTo(REFUSED);
        }
        assertThat(asked).hasSize(1);

        answer = VALID;
        clock.advance(Duration.ofSeconds(5));

        assertThat(check()).isEqualTo(ALLOWED);
    }

    @Test
    void requestsWithOneKeyAtTheSameTime_shareOneQuestion() {
        close();
        List<CompletableFuture<Verdict>> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            requests.add(CompletableFuture.supplyAsync(this::check, task -> new Thread(task).start()));
        }
        await().until(() -> !asked.isEmpty());
        gate.countDown();

        assertThat(requests).allSatisfy(request -> assertThat(request.join()).isEqualTo(ALLOWED));
        assertThat(asked).hasSize(1);
    }

    @Test
    void newKey_ofAHundredRequestsAtATime_isAskedForOnce_andAllAreAllowed() throws Exception {
        int most = AuthServiceAutoConfiguration.mostWaiting(new RequestThreads(200));
        close();
        ConcurrentLinkedQueue<Verdict> verdicts = new ConcurrentLinkedQueue<>();
        List<Thread> fleet = new ArrayList<>();
        try (CheckedKeys cold = new CheckedKeys(
                true,
                Time.of(clock.wall(), clock.monotonic()),
                TTL,
                GRACE,
                Duration.ofSeconds(10),
                most,
                this::answer)) {
            for (int i = 0; i < 100; i++) {
                fleet.add(new Thread(() -> verdicts.add(cold.check(KEY, "10.0.0.1"))));
            }
            fleet.forEach(Thread::start);
            await().until(() ->
                    fleet.stream().allMatch(one -> one.getState() == Thread.State.TIMED_WAITING || !one.isAlive()));
            gate.countDown();
            for (Thread one : fleet) {
                one.join();
            }
        }

        assertThat(verdicts).hasSize(100).containsOnly(ALLOWED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void floodOfUnknownKeys_drivesNoKnownOneOut() {
        check();
        answer = INVALID;
        for (int i = 0; i < 25_000; i++) {
            keys.check(Secret.of("unknown-" + i), "10.0.0.1");
        }
        answer = UNCLEAR;

        assertThat(check()).isEqualTo(ALLOWED);
        clock.advance(TTL);
        assertThat(check()).isEqualTo(IN_GRACE);
    }

    @Test
    void floodOfUnknownKeysThatHang_letsKnownOnesBeAskedFor_andRefusesTheRestAtOnce() {
        check();
        clock.advance(TTL);
        CountDownLatch hang = close();
        List<CompletableFuture<Verdict>> flood = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Secret unknown = Secret.of("unknown-" + i);
            flood.add(CompletableFuture.supplyAsync(
                    () -> keys.check(unknown, "10.0.0.1"), task -> new Thread(task).start()));
        }
        await().until(() -> asked.size() == 5);
        assertThat(keys.check(Secret.of("one more"), "10.0.0.1")).isEqualTo(REFUSED);
        assertThat(keys.check(Secret.of("one-more"), "10.0.0.1")).isInstanceOf(Verdict.Unclear.class);

        gate = new CountDownLatch(0);

        assertThat(check()).isEqualTo(ALLOWED);
        hang.countDown();
        flood.forEach(CompletableFuture::join);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "tab\t", "line\r\nX-Evil: 1", "ümlaut"})
    void keyThatNoHeaderCanCarry_isInvalidWithoutAQuestion(String text) {
        assertThat(keys.check(Secret.of(text), "10.0.0.1")).isEqualTo(REFUSED);
        assertThat(asked).isEmpty();
    }

    @Test
    void validatorThatThrows_isUnclear() {
        try (CheckedKeys broken =
                new CheckedKeys(true, Time.of(clock.wall(), clock.monotonic()), TTL, GRACE, TTL, 4, (key, address) -> {
                    throw new IllegalStateException("defect");
                })) {
            assertThat(broken.check(KEY, "10.0.0.1")).isInstanceOf(Verdict.Unclear.class);
        }
    }

    private Verdict check() {
        return keys.check(KEY, "10.0.0.1");
    }

    private CountDownLatch close() {
        gate = new CountDownLatch(1);
        return gate;
    }

    private Outcome answer(Secret key, String address) {
        CountDownLatch closed = gate;
        asked.add(key.reveal());
        try {
            if (!closed.await(20, TimeUnit.SECONDS)) {
                return UNCLEAR;
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        return key.equals(KEY) || answer != VALID ? answer : INVALID;
    }

    private static Caller caller(String name) {
        return new Caller(name, Set.of(Scope.OPS_READ), Optional.empty());
    }
}
