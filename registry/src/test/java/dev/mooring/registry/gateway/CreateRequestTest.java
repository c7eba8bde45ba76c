package dev.mooring.registry.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies to which the gateway adds its tag. */
class CreateRequestTest {
    private static final UUID ID = UUID.fromString("01234567-89ab-7def-8123-456789abcdef");

    @Test
    void tag_isAddedLast_andNothingElseChanges() {
        CreateRequest request = CreateRequest.of(
                        "{\"name\":\"n\",\"source\":\"s3://b/p\",\"unknown\":1.5,\"tags\":[{\"key\":\"k\",\"value\":\"old\"}]}"
                                .getBytes(UTF_8))
                .orElseThrow();
        assertThat(request.tags()).isEqualTo(Map.of("k", "old"));
        assertThat(new String(request.with("k", ID), UTF_8))
                .isEqualTo(
                        "{\"name\":\"n\",\"source\":\"s3://b/p\",\"unknown\":1.5,\"tags\":[{\"key\":\"k\",\"value\":\"old\"},"
                                + "{\"key\":\"k\",\"value\":\"" + ID + "\"}]}");
        CreateRequest without = CreateRequest.of("{\"name\":\"n\",\"source\":\"s\",\"tags\":null}".getBytes(UTF_8))
                .orElseThrow();
        assertThat(new String(without.with("k", ID), UTF_8))
                .isEqualTo("{\"name\":\"n\",\"source\":\"s\",\"tags\":[{\"key\":\"k\",\"value\":\"" + ID + "\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"{}\"",
                "{\"name\":\"n\"}",
                "{\"name\":1,\"source\":\"s\"}",
                "{\"name\":\"n\",\"source\":\"s\",\"tags\":{}}"
            })
    void body_ofAnotherForm_isLeftToMlflow(String body) {
        assertThat(CreateRequest.of(body.getBytes(UTF_8))).isEmpty();
    }
}
