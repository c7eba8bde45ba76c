package dev.mooring.testing.diagnosis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.Step;
import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FaultRowTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Check LAMP = Check.fatal("lamp-on", Layer.QUERY, FailureKind.UNKNOWN, "The lamp is on.")
            .cause("It is off", "switch it on");

    private final AtomicBoolean on = new AtomicBoolean(true);

    private Examination lamp() {
        return new Examination() {
            @Override
            public String target() {
                return "lamp";
            }

            @Override
            public List<Step> steps() {
                return List.of(new Step(Layer.QUERY, LIMIT, LAMP, round -> {
                    if (!on.get()) {
                        throw LAMP.broken("dark");
                    }
                }));
            }

            @Override
            public void close() {}
        };
    }

    private ThrowingCallable row(FaultRow.Act make, FaultRow.Act remedy) {
        FaultRow row = FaultRow.of(Layer.QUERY, "lamp-on", make, remedy).called("lamp is off");
        return () -> row.prove(this::lamp, LIMIT);
    }

    @Test
    void fault_thatIsNamedAndHealed_passes() {
        assertThatCode(row(() -> on.set(false), () -> on.set(true))).doesNotThrowAnyException();
    }

    @Test
    void fault_thatIsNotFound_fails() {
        assertThatThrownBy(row(() -> {}, () -> {})).hasMessageContaining("is not found");
    }

    @Test
    void remedy_thatDoesNotHeal_fails() {
        assertThatThrownBy(row(() -> on.set(false), () -> {})).hasMessageContaining("is broken after the remedy");
    }
}
