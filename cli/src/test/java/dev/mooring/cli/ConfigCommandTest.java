package dev.mooring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.terminal.Screen;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ConfigCommandTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("DATABASE_HOST", "db.internal", "DATABASE_PASSWORD", "s3cret-marked", "HEALTH_CHECK_TIMEOUT", "4.5");

    @Test
    void config_goodSettings_printsEachWithOriginDefaultAndMeaning() {
        Run run = Run.with(ENVIRONMENT, "config");

        Golden.output(run.out(), "config.txt");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void config_onATerminal_printsWhatIsSetAndHowToSeeTheRest() {
        Run run = Run.at(Clock.systemUTC(), ENVIRONMENT, new Screen(true, Ansi.OFF), "config");

        Golden.output(run.out() + run.err(), "config-short.txt");
        assertThat(run.out()).doesNotContain("DATABASE_PORT", "s3cret-marked");
        assertThat(Run.at(Clock.systemUTC(), ENVIRONMENT, new Screen(true, Ansi.OFF), "config", "--all")
                        .out())
                .isEqualTo(Run.with(ENVIRONMENT, "config").out());
    }

    @Test
    void config_withoutADatabase_saysThatServeRunsItsOwn() {
        assertThat(Run.with(Map.of(), "config").out())
                .startsWith(
                        "No DATABASE_HOST, DATABASE_URL or POSTGRES_URI is set: serve runs a PostgreSQL of its own");
    }

    @Test
    void config_asJson_isOneDocument() {
        Run run = Run.with(ENVIRONMENT, "config", "-o", "json");

        Golden.output(run.out(), "config.json");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void config_valuesFromElsewhere_areToldWithTheirOrigin() {
        System.setProperty("mooring.database.port", "5999");
        try {
            Run run = Run.with(
                    Map.of(
                            "DATABASE_PORT", "5432",
                            "SPRING_APPLICATION_JSON", "{\"mooring\":{\"health-check-timeout\":\"7s\"}}",
                            "MOORING_DATABASE_HOST", "db.internal"),
                    "config");

            assertThat(run.out())
                    .contains("DATABASE_PORT = 5999   (system property mooring.database.port; default 5432)")
                    .contains("HEALTH_CHECK_TIMEOUT = 7s   (")
                    .contains("DATABASE_HOST = db.internal   (");
            assertThat(run.exitCode()).isZero();
        } finally {
            System.clearProperty("mooring.database.port");
        }
    }

    @Test
    void config_withAFileThatTheServiceDoesNotRead_warnsOfIt() {
        Run run = Run.with(Map.of("SPRING_CONFIG_LOCATION", "file:./"), "config");

        assertThat(run.err())
                .isEqualTo(
                        "mooring: warning: spring.config.location has no effect, because the service reads no files of"
                                + " configuration; set environment variables (mooring config lists them)\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void config_mistakes_areOneLineEachAndTheExitCodeIs2InEveryFormat() {
        Map<String, String> mistakes = Map.of("DATABASE_PORT", "54x2", "HEALTH_CHECK_TIMEOUT", "soon");
        String lines = """
                mooring: DATABASE_PORT is "54x2"; expected a port number from 1 to 65535
                mooring: HEALTH_CHECK_TIMEOUT is "soon"; expected a duration, such as 10 (seconds), 250ms or 2m
                """;

        assertThat(Run.with(mistakes, "config")).isEqualTo(new Run(2, "", lines));
        Run json = Run.with(mistakes, "config", "--output=json");
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(json.err()).isEqualTo(lines);
        assertThat(json.out()).contains("\"problems\" : [ \"DATABASE_PORT is \\\"54x2\\\"; expected");
    }

    @Test
    void config_misspelledVariable_warnsAndEndsWell() {
        Run run = Run.with(Map.of("DATABASE_HOSTT", "db"), "config");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo(
                        "mooring: warning: DATABASE_HOSTT is not a setting and does nothing; did you mean DATABASE_HOST?\n");
    }

    @Test
    void config_anySecret_isNowhere() {
        for (String format : new String[] {"text", "json"}) {
            Run run = Run.with(ENVIRONMENT, Ansi.ON, "config", "-o", format);

            assertThat(run.toString()).doesNotContain("s3cret-marked");
        }
    }

    @Test
    void config_onATerminal_marksWhatIsSet() {
        assertThat(Run.with(ENVIRONMENT, Ansi.ON, "config").out())
                .contains("\u001B[32m  DATABASE_HOST = db.internal")
                .doesNotContain("\u001B[32m  DATABASE_PORT");
    }
}
