package dev.mooring.spring.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.junit.jupiter.api.Test;

class ClientMistakesTest {
    private final ProblemReader reader = new ClientMistakes();

    @Test
    void connectionThatAClientBroke_isNoDefect() {
        for (Throwable error : new Throwable[] {
            new ClientAbortException(new IOException("Broken pipe")),
            new BadRequestException("Invalid chunk header"),
            new IllegalStateException("reading the body failed", new BadRequestException("Invalid chunk header"))
        }) {
            assertThat(reader.read(error).map(Problem::status)).as("%s", error).contains(400);
        }
    }

    @Test
    void anyOtherError_isNotAmongThem() {
        assertThat(reader.read(new IOException("Broken pipe"))).isEmpty();
        assertThat(reader.read(new IllegalStateException())).isEmpty();
    }
}
