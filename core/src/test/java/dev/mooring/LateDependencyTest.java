package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.health.Status;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dependencies that are added to a running Mooring or removed from it, and calls that come before anything is known about one. */
@Timeout(30)
class LateDependencyTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicBoolean well = new AtomicBoolean(true);

    private ProbeAnswer answerLater() throws Exception {
        asked.countDown();
        answer.await();
        if (!well.get()) {
            throw new ConnectException("Connection refused");
        }
        return ProbeAnswer.well();
    }

    private static Dependency probed(String name, Probe probe) {
        return Dependency.named(name).probe(probe).build();
    }

    @Test
    void added_isUnknownInHealthAtOnce_andTheServiceIsNotReadyUntilItAnswers() throws Exception {
        try (Mooring mooring = Mooring.supervise()) {
            assertThat(mooring.awaitCritical(LONG)).isTrue();
            mooring.add(probed("late", attempt -> answerLater()));
            assertThat(mooring.health().ready()).isFalse();
            assertThat(mooring.health().error()).contains("starting");
            assertThat(mooring.dependency("late")).isPresent();
            answer.countDown();
            assertThat(mooring.awaitCritical(LONG)).isTrue();
            assertThat(mooring.health().dependency("late").orElseThrow().status())
                    .isEqualTo(Status.UP);
        }
    }

    @Test
    void adding_manyWhileTheSupervisorSteps_losesNone() {
        try (Mooring mooring = Mooring.supervise()) {
            for (int i = 0; i < 50; i++) {
                mooring.add(probed("late-" + i, attempt -> ProbeAnswer.well()));
                assertThat(mooring.health().dependencies()).hasSize(i + 1);
            }
            await().until(() -> mooring.health().dependencies().stream().allMatch(one -> one.status() == Status.UP));
        }
    }

    @Test
    void adding_aNameTwice_isRefusedAndLeavesTheOtherOneFree() {
        Dependency other = probed("late", attempt -> ProbeAnswer.well());
        try (Mooring mooring = Mooring.supervise(probed("late", attempt -> ProbeAnswer.well()))) {
            assertThatThrownBy(() -> mooring.add(other)).hasMessage("two dependencies are named late");
        }
        try (Mooring mooring = Mooring.supervise()) {
            mooring.add(other);
            assertThat(mooring.dependencies()).containsExactly(other);
        }
    }

    @Test
    void removed_isNotInHealthAnyMore_refusesCalls_andMayBeAddedAgain() throws Exception {
        Dependency late = probed("late", attempt -> ProbeAnswer.well());
        Dependency other = probed("other", attempt -> ProbeAnswer.well());
        try (Mooring mooring = Mooring.supervise(late, other)) {
            assertThat(mooring.awaitCritical(LONG)).isTrue();
            mooring.remove(late);
            assertThat(mooring.dependencies()).containsExactly(other);
            assertThat(mooring.health().dependency("late")).isEmpty();
            assertThat(mooring.health().dependency("other")).isPresent();
            assertThatThrownBy(late::begin).hasMessageContaining("supervision ended");
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("mooring-probe-late")));
            mooring.remove(late);
            mooring.add(late);
            assertThat(mooring.awaitCritical(LONG)).isTrue();
            late.begin().close();
        }
    }

    @Test
    void adding_toAClosedMooring_isRefused() {
        Mooring mooring = Mooring.supervise();
        mooring.close();
        assertThatThrownBy(() -> mooring.add(probed("late", attempt -> ProbeAnswer.well())))
                .hasMessage("supervision has ended");
    }

    @Test
    void contact_isAwaitedUntilTheFirstAnswerAdmitsCalls() throws Exception {
        Dependency late = probed("late", attempt -> answerLater());
        try (Mooring mooring = Mooring.supervise(late)) {
            asked.await();
            assertThat(late.awaitContact(Duration.ofMillis(20))).isFalse();
            answer.countDown();
            assertThat(late.awaitContact(LONG)).isTrue();
            assertThat(late.call(() -> 1).get()).isOne();
            assertThat(mooring.dependencies()).containsExactly(late);
        }
    }

    @Test
    void contact_endsWithTheFirstFailure_andTheDependencyIsSuspectedUntilItAnswers() throws Exception {
        well.set(false);
        Dependency late = probed("late", attempt -> answerLater());
        try (Mooring mooring = Mooring.supervise(late)) {
            answer.countDown();
            assertThat(late.awaitContact(LONG)).isTrue();
            assertThat(late.isSuspected()).isTrue();
            well.set(true);
            assertThat(mooring.awaitCritical(LONG)).isTrue();
            await().until(() -> !late.isSuspected());
        }
    }

    @Test
    void contact_endsWhenSupervisionEnds() throws Exception {
        Dependency late = probed("late", attempt -> answerLater());
        Mooring mooring = Mooring.supervise(late);
        asked.await();
        mooring.close();
        assertThat(late.awaitContact(LONG)).isTrue();
        answer.countDown();
    }
}
