package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.diagnosis.Cause;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Fault;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.LayerResult;
import dev.mooring.diagnosis.Outcome;
import dev.mooring.diagnosis.Place;
import dev.mooring.diagnosis.Step;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.probe.ProbeAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The engine of diagnoses, its place among the probes, and the diagnosis of an outage. */
@Timeout(30)
class DiagnosisTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Check REACHED = Check.fatal(
                    "lamp-reached", Layer.TCP, FailureKind.CONNECT_TIMEOUT, "The lamp is reached.")
            .cause("The cable is loose", "plug it in")
            .cause("The lamp is gone", "buy one");
    private static final Check LIT = Check.fatal("lamp-lit", Layer.TCP, FailureKind.UNKNOWN, "The lamp is lit.")
            .cause("The bulb is broken", "change it", "dark")
            .cause("The switch is off", "switch it on", "off", "dark")
            .cause("The fuse is out", "put it in", "no current")
            .cause("It is night", "wait");
    private static final Check CLEAN = Check.warning("lamp-clean", Layer.TLS, FailureKind.UNKNOWN, "The lamp is clean.")
            .cause("Dust", "wipe it");

    private final AtomicInteger closed = new AtomicInteger();

    /** An examination of two layers, the first of which does this. */
    private Examination lamp(Duration limit, Step.Work first, Step.Work second) {
        return new Examination() {
            @Override
            public String target() {
                return "lamp:1";
            }

            @Override
            public List<Step> steps() {
                return List.of(new Step(Layer.TCP, limit, REACHED, first), new Step(Layer.TLS, limit, REACHED, second));
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    private Diagnosis diagnose(Duration limit, Step.Work first, Step.Work second) throws Exception {
        Dependency lamp = Dependency.named("lamp")
                .examination(() -> lamp(limit, first, second))
                .build();
        return lamp.diagnose(LONG).orElseThrow();
    }

    @Test
    void layers_thatPassOrWarn_areAllExamined_andTheLineTellsThem() throws Exception {
        Diagnosis diagnosis = diagnose(LONG, round -> round.saw("it\n\u001b[31mhums"), round -> {
            round.saw("it shines");
            round.warn(CLEAN, "dusty");
        });

        assertThat(diagnosis.layers())
                .extracting(LayerResult::outcome)
                .containsExactly(Outcome.PASSED, Outcome.WARNING);
        assertThat(diagnosis.broken()).isEmpty();
        assertThat(diagnosis.firstFault().orElseThrow().layer()).isEqualTo(Layer.TLS);
        assertThat(diagnosis.line()).isEqualTo("tcp passed: it [31mhums; tls warning: it shines, dusty (lamp-clean)");
        assertThat(closed).hasValue(1);
    }

    @Test
    void layer_thatIsBroken_hidesThoseBehind_andTheLineTellsTheFirstCause() throws Exception {
        Diagnosis diagnosis = diagnose(
                LONG,
                round -> {
                    throw REACHED.broken("no hum");
                },
                round -> {
                    throw new AssertionError("not reached");
                });

        assertThat(diagnosis.layers())
                .extracting(LayerResult::outcome)
                .containsExactly(Outcome.FAILED, Outcome.NOT_REACHED);
        assertThat(diagnosis.line())
                .isEqualTo("tcp failed: no hum (lamp-reached); most likely: The cable is loose → plug it in;"
                        + " see https://mooring.dev/docs/runbooks/connect_timeout.md");
    }

    @Test
    void causes_areThoseThatTheMessageLeaves_andAllWhereItTellsNothing() {
        assertThat(causes("The lamp is OFF")).containsExactly("The switch is off", "It is night");
        assertThat(causes("it is dark")).containsExactly("The bulb is broken", "The switch is off", "It is night");
        assertThat(causes("il fait noir")).hasSize(4).startsWith("The bulb is broken");
    }

    private static List<String> causes(String message) {
        return LIT.broken(message).fault().check().causes().stream()
                .map(Cause::what)
                .toList();
    }

    @Test
    void lineOfAnOutage_hasTheFieldsOfALineAboutAConnection() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.mooring.diagnosis");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        Step login = new Step(Layer.LOG_IN, LONG, REACHED, round -> {
            throw REACHED.broken("dark");
        });
        Examination placed = new Examination() {
            @Override
            public String target() {
                return "lamp:1/hall as maid";
            }

            @Override
            public Optional<Place> place() {
                return Optional.of(new Place("lamp", 1, Optional.of("hall")));
            }

            @Override
            public List<Step> steps() {
                return List.of(login);
            }

            @Override
            public void close() {}
        };
        Dependency lamp = Dependency.named("lamp")
                .probe(attempt -> {
                    throw new ConnectException("refused");
                })
                .examination(() -> placed)
                .build();

        try (Mooring mooring = Mooring.supervise(lamp)) {
            assertThat(mooring.dependencies()).hasSize(1);
            await().atMost(LONG).until(() -> !lines.list.isEmpty());
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .contains("host=lamp", "port=1", "database=hall", "layer=log-in", "failure_kind=connect_timeout");
    }

    @Test
    void step_thatIsLate_isBrokenInTime_andItsResourceIsClosed() throws Exception {
        CountDownLatch freed = new CountDownLatch(1);

        Diagnosis diagnosis = diagnose(
                Duration.ofMillis(300),
                round -> {
                    round.closeWhenLate(freed::countDown);
                    round.saw("begun");
                    assertThat(freed.await(20, TimeUnit.SECONDS)).isTrue();
                },
                round -> {});

        LayerResult first = diagnosis.layers().get(0);
        assertThat(first.faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .startsWith("no result within 300 ms");
        assertThat(first.evidence()).containsExactly("begun");
        assertThat(first.took()).isLessThan(Duration.ofMillis(2300));
        assertThat(freed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void step_thatThrowsSomethingElse_failsItsGeneralCheck() throws Exception {
        Diagnosis diagnosis = diagnose(
                LONG,
                round -> {
                    throw new IOException("a\nmarker");
                },
                round -> {});

        assertThat(diagnosis.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.check()).isEqualTo(REACHED);
            assertThat(fault.message()).isEqualTo("a marker");
        });
    }

    @Test
    void layer_thatIsNotInUse_isNoFault() throws Exception {
        Diagnosis diagnosis = diagnose(LONG, round -> round.unused("no cable"), round -> {});

        assertThat(diagnosis.layers().get(0).outcome()).isEqualTo(Outcome.UNUSED);
        assertThat(diagnosis.firstFault()).isEmpty();
    }

    @Test
    void dependency_withoutAnExamination_orSwitchedOff_hasNoDiagnosis() throws Exception {
        assertThat(Dependency.named("lamp").build().diagnose(LONG)).isEmpty();
        Dependency off = Dependency.named("lamp")
                .enabled(false)
                .examination(() -> lamp(LONG, round -> {}, round -> {}))
                .build();
        assertThat(off.diagnose(LONG)).isEmpty();
    }

    @Test
    void callers_atTheSameTime_shareOneExamination() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Dependency lamp = Dependency.named("lamp")
                .examination(() -> lamp(
                        LONG,
                        round -> {
                            begun.incrementAndGet();
                            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                        },
                        round -> {}))
                .build();

        CompletableFuture<Diagnosis> first = CompletableFuture.supplyAsync(() -> diagnosis(lamp));
        await().until(() -> begun.get() == 1);
        assertThatThrownBy(() -> lamp.diagnose(Duration.ofMillis(100))).isInstanceOf(TimeoutException.class);
        CompletableFuture<Diagnosis> second = CompletableFuture.supplyAsync(() -> diagnosis(lamp));
        go.countDown();

        assertThat(second.get(20, TimeUnit.SECONDS).broken()).isEmpty();
        assertThat(first.get(20, TimeUnit.SECONDS).broken()).isEmpty();
        assertThat(lamp.diagnose(LONG)).isPresent();
    }

    private static Diagnosis diagnosis(Dependency lamp) {
        try {
            return lamp.diagnose(LONG).orElseThrow();
        } catch (InterruptedException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void endOfSupervision_endsADiagnosisThatHangs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        Dependency lamp = Dependency.named("lamp")
                .examination(() -> lamp(
                        LONG,
                        round -> {
                            round.closeWhenLate(freed::countDown);
                            begun.countDown();
                            assertThat(freed.await(20, TimeUnit.SECONDS)).isTrue();
                        },
                        round -> {}))
                .build();
        CompletableFuture<Diagnosis> hanging;
        try (Mooring mooring = Mooring.supervise(lamp)) {
            assertThat(mooring.dependencies()).containsExactly(lamp);
            hanging = CompletableFuture.supplyAsync(() -> diagnosis(lamp));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(freed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> hanging.get(20, TimeUnit.SECONDS)).hasMessageContaining("examination of lamp failed");
        await().until(() -> closed.get() == 1);
    }

    @Test
    void findingOfTheirs_isExaminedOnceForEachKind_andAFullPoolOfOursIsNot() throws Exception {
        AtomicInteger examined = new AtomicInteger();
        Dependency lamp = Dependency.named("lamp")
                .probe(attempt -> ProbeAnswer.well())
                .examination(() -> lamp(LONG, round -> examined.incrementAndGet(), round -> {}))
                .build();

        try (Mooring mooring = Mooring.supervise(lamp)) {
            assertThat(mooring.awaitCritical(LONG)).isTrue();
            degraded(mooring, lamp, FailureKind.SATURATED);
            degraded(mooring, lamp, FailureKind.DISK_FULL);
            await().atMost(LONG).until(() -> examined.get() == 1);
            degraded(mooring, lamp, FailureKind.DISK_FULL);
            degraded(mooring, lamp, FailureKind.READ_ONLY);
            await().atMost(LONG).until(() -> examined.get() == 2);
            assertThat(lamp.diagnose(LONG)).isPresent();
        }
        assertThat(examined)
                .as("those of the first finding of each kind and the one asked for")
                .hasValue(3);
    }

    private static void degraded(Mooring mooring, Dependency lamp, FailureKind kind) {
        lamp.note(new Finding(kind, "dim"), LONG);
        await().atMost(LONG).until(() -> status(mooring) == Status.DEGRADED);
        lamp.clear(kind);
        await().atMost(LONG).until(() -> status(mooring) == Status.UP);
    }

    private static Status status(Mooring mooring) {
        return mooring.health().dependency("lamp").orElseThrow().status();
    }

    @Test
    void outage_isExaminedOnce_inThePlaceOfAProbe() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger examined = new AtomicInteger();
        AtomicInteger probes = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicReference<String> line = new AtomicReference<>("");
        Dependency lamp = Dependency.named("lamp")
                .probe(attempt -> {
                    most.accumulateAndGet(probes.incrementAndGet(), Math::max);
                    try {
                        if (away.get()) {
                            throw new ConnectException("refused");
                        }
                        return ProbeAnswer.well();
                    } finally {
                        probes.decrementAndGet();
                    }
                })
                .examination(() -> lamp(
                        LONG,
                        round -> {
                            examined.incrementAndGet();
                            line.set(Thread.currentThread().getName());
                            throw REACHED.broken("dark");
                        },
                        round -> {}))
                .build();

        try (Mooring mooring = Mooring.supervise(lamp)) {
            await().atMost(LONG).until(() -> examined.get() == 1);
            assertThat(line.get()).isEqualTo("mooring-diagnosis-lamp");
            away.set(false);
            await().atMost(LONG)
                    .until(() ->
                            mooring.health().dependency("lamp").orElseThrow().status() == Status.UP);
            away.set(true);
            await().atMost(LONG).until(() -> examined.get() == 2);
        }
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(closed).hasValue(2);
    }
}
