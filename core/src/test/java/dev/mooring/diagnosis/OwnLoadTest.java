package dev.mooring.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnLoadTest {
    private static final Check ANSWER = Check.fatal(
                    "lamp-answer", Layer.TLS, FailureKind.RESPONSE_TIMEOUT, "The lamp answers.")
            .cause("The lamp is frozen", "warm it");

    @Test
    void busyMachine_isNamed_andAnIdleOrUnknownOneIsNot() {
        assertThat(OwnLoad.words(Optional.of(17.25), 2))
                .isEqualTo(
                        "; this machine is busy itself (load 17.3 on 2 processors), so ask again before you look at the server");
        assertThat(OwnLoad.words(Optional.of(3.9), 2)).isEmpty();
        assertThat(OwnLoad.words(Optional.empty(), 2)).isEmpty();
    }

    @Test
    void lateStepOnABusyMachine_accusesNoServer() {
        assertThat(diagnosis("no result within 2 s").line()).contains("most likely: The lamp is frozen");
        assertThat(diagnosis("no result within 2 s" + OwnLoad.words(Optional.of(17.0), 2))
                        .line())
                .contains("this machine is busy itself")
                .contains("; see ")
                .doesNotContain("frozen");
    }

    private static Diagnosis diagnosis(String late) {
        LayerResult layer = new LayerResult(
                Layer.TLS, Outcome.FAILED, Duration.ofSeconds(2), List.of(), List.of(new Fault(ANSWER, late)));
        return new Diagnosis(
                "lamp", "lamp:1", Optional.empty(), true, Instant.EPOCH, Duration.ofSeconds(2), List.of(layer));
    }
}
