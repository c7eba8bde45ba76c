package dev.mooring.spring.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.embedded.machine.FreePort;
import jakarta.servlet.Filter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A start that fails while Tomcat makes the filters, after supervision has begun. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {
    @Test
    void applicationWhoseStartFails_afterSupervisionBegan_leavesNoThreads_andTomcatReportsNone(CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Broken.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + FreePort.choose() + "/orders");

        // Spring keeps applications of other tests with their threads; they begin probes and other work at any time.
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertThatThrownBy(application::run).hasStackTraceContaining("a mistake of the application");

        assertThat(output.getOut()).doesNotContain("has failed to stop it");
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("mooring-supervisor") && !before.contains(thread)));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
    static class Broken {
        @Bean
        FilterRegistrationBean<Filter> broken(Mooring mooring) {
            throw new IllegalStateException("a mistake of the application beside " + mooring.dependencies());
        }
    }
}
