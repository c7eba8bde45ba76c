package dev.mooring.spring.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1MB, 1048576, 1MB",
        "512kb, 524288, 512KB",
        "100, 100, 100B",
        "1.5K, 1536, 1536B",
        "2 GiB, 2147483648, 2GB",
        "0, 0, 0B"
    })
    void size_everyForm_isReadAndShown(String text, long bytes, String shown) {
        assertThat(ByteSize.parse(text)).contains(new ByteSize(bytes));
        assertThat(new ByteSize(bytes)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1PB", "MB", "999999999TB", ""})
    void size_anythingElse_isRefused(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
        assertThatThrownBy(() -> new ByteSize(-1)).hasMessageContaining("-1");
    }
}
