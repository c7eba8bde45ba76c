package dev.mooring.spring.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class RequestThreadsTest {
    @ParameterizedTest
    @CsvSource({"200, 32, 8", "1000, 32, 8", "40, 10, 2", "10, 2, 1", "4, 2, 1", "2, 1, 0", "1, 0, 0"})
    void threads_mostOfThemServeRequests(int all, int keptFree, int spare) {
        RequestThreads threads = new RequestThreads(all);

        assertThat(threads.keptFree()).isEqualTo(keptFree);
        assertThat(threads.spare()).isEqualTo(spare);
    }

    @Test
    void number_isThatOfTheServerThatServes() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("server.tomcat.threads.max", "60")
                .withProperty("server.jetty.threads.max", "30");

        assertThat(RequestThreads.of(environment, false).all()).isEqualTo(60);
        assertThat(RequestThreads.of(environment, true).all()).isEqualTo(30);
        assertThat(RequestThreads.of(new MockEnvironment(), true).all()).isEqualTo(200);
    }
}
