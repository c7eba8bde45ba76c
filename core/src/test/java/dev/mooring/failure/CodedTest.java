package dev.mooring.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.BreakerState;
import dev.mooring.health.HealthReport;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CodedTest {

    @Test
    void code_isTheNameInSnakeCase_inEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            // Turkish has another small letter for I.
            Locale.setDefault(Locale.forLanguageTag("tr"));

            assertThat(FailureKind.DISK_FULL.code()).isEqualTo("disk_full");
            assertThat(BreakerState.FORCED_OPEN.code()).isEqualTo("forced_open");
            assertThat(HealthReport.Overall.UNHEALTHY.code()).isEqualTo("unhealthy");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void constant_isFoundByItsCodeOnly() {
        assertThat(Coded.find(FailureKind.class, "disk_full")).hasValue(FailureKind.DISK_FULL);
        assertThat(Coded.find(FailureKind.class, "DISK_FULL")).isEmpty();
        assertThat(Coded.find(FailureKind.class, null)).isEmpty();
    }
}
