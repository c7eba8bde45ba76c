package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process reports mistakes in the configuration: one line for each, nothing else, exit code 2. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadSettingsTest {
    private static final Map<String, String> BAD = new TreeMap<>(Map.ofEntries(
            Map.entry("DATABASE_HOST", "no such host!"),
            Map.entry("DATABASE_PORT", "54x2"),
            Map.entry("DATABASE_PASSWORD_FILE", "/nowhere/password"),
            Map.entry("DATABASE_URL", "mysql://somewhere/db"),
            Map.entry("DATABASE_CONNECT_TIMEOUT", "soon"),
            Map.entry("DATABASE_SOCKET_TIMEOUT", "-1"),
            Map.entry("DATABASE_STATEMENT_TIMEOUT", "0"),
            Map.entry("DATABASE_ACQUIRE_TIMEOUT", "2 fortnights"),
            Map.entry("DATABASE_MAX_RETRIES", "0"),
            Map.entry("DATABASE_RETRY_DELAY", "-0.5"),
            Map.entry("DATABASE_RETRY_FACTOR", "0.5"),
            Map.entry("DATABASE_RETRY_MAX_DELAY", "long"),
            Map.entry("DATABASE_RETRY_JITTER", "1.5"),
            Map.entry("DATABASE_RETRY_DEADLINE", "0"),
            Map.entry("DATABASE_POOL_MIN", "-1"),
            Map.entry("DATABASE_POOL_MAX", "lots"),
            Map.entry("DATABASE_SSLMODE", "sometimes"),
            Map.entry("DATABASE_SSLROOTCERT", "/nowhere/ca.pem"),
            Map.entry("DATABASE_SSLCERT", "/nowhere/own.pem"),
            Map.entry("DATABASE_SSLKEY", "/nowhere/own.key"),
            Map.entry("DATABASE_REQUIRE_AUTH", "magic"),
            Map.entry("DATABASE_PARAMETERS", "socketFactory=x"),
            Map.entry("DATABASE_KEEPALIVE_COUNT", "0"),
            Map.entry("DATABASE_CB_FAILURE_THRESHOLD", "none"),
            Map.entry("HEALTH_CHECK_TIMEOUT", "never"),
            Map.entry("STARTUP_WAIT", "maybe"),
            Map.entry("PROFILE", "unknown"),
            Map.entry("AUTH_ENABLED", "perhaps"),
            Map.entry("BIND_ADDRESS", "everywhere"),
            Map.entry("PORT", "80800"),
            Map.entry("REQUEST_TIMEOUT", "5 s and a bit"),
            Map.entry("MAX_REQUEST_SIZE", "big"),
            Map.entry("LOG_FORMAT", "xml"),
            Map.entry("LOG_LEVEL", "loud"),
            Map.entry("ADMIN_API_KEY_FILE", "/nowhere/key"),
            Map.entry("REDIS_URL", "mysql://somewhere"),
            Map.entry("REDIS_POOL_MAX", "0"),
            Map.entry("REDIS_COMMAND_TIMEOUT", "at once"),
            Map.entry("REDIS_CB_FAILURE_THRESHOLD", "0"),
            Map.entry("QUEUE_BACKEND", "carrier-pigeon"),
            Map.entry("QUEUE_NAME", "a queue"),
            Map.entry("QUEUE_MAX_ATTEMPTS", "0")));

    @Test
    void mistakes_manyAtOnce_areToldInOneLineEach() {
        List<String> lines = refusal(BAD);

        BAD.forEach((name, value) -> assertThat(lines)
                .as("the line about %s", name)
                .filteredOn(line -> line.startsWith("mooring: " + name + " "))
                .singleElement()
                .asString()
                .contains("; expected "));
        assertThat(lines).hasSize(BAD.size());
    }

    @Test
    void mistake_alone_namesVariableAndValueAndWhatIsAccepted() {
        assertThat(refusal(Map.of("DATABASE_PORT", "54x2")))
                .containsExactly("mooring: DATABASE_PORT is \"54x2\"; expected a port number from 1 to 65535");
    }

    @Test
    void mistake_besideAMisspelledName_isToldWithIt() {
        assertThat(refusal(Map.of("DATABASE_PORT", "54x2", "DATABSE_NAME", "models")))
                .contains(
                        "mooring: warning: DATABSE_NAME is not a setting and does nothing; did you mean DATABASE_NAME?")
                .hasSize(2);
    }

    @Test
    void mistake_betweenTwoSettings_isTold() {
        assertThat(refusal(Map.of("DATABASE_HOST", "db", "DATABASE_POOL_MIN", "30")))
                .singleElement()
                .asString()
                .contains("DATABASE_POOL_MIN is \"30\"", "DATABASE_POOL_MAX, which is 20");
    }

    @Test
    void onePortForTheServiceAndItsManagement_isTold() {
        assertThat(refusal(Map.of("PORT", "9090", "MANAGEMENT_PORT", "9090")))
                .singleElement()
                .asString()
                .startsWith("mooring: MANAGEMENT_PORT is \"9090\"; expected another port than that of PORT");
    }

    @Test
    void originWithoutItsScheme_isTold() {
        assertThat(refusal(Map.of("CORS_ALLOWED_ORIGINS", "https://a.example.org,app.example.org")))
                .singleElement()
                .asString()
                .contains("CORS_ALLOWED_ORIGINS is ", "; expected a list of origins such as https://app.example.org");
    }

    @Test
    void mistake_inASecret_doesNotShowIt() {
        List<String> lines = refusal(Map.of(
                "DATABASE_URL", "postgresql://user:marked-secret-1@host:port:5432/db?x=marked-secret-2",
                "DATABASE_PASSWORD", "marked-secret-3",
                "DATABASE_PASSWORD_FILE", "/nowhere/password"));

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).doesNotContain("marked-secret"));
    }

    @Test
    void password_thatIsNotEncodedInAUri_isNotShownInAnyPart() {
        String expected = "; expected a URI such as postgresql://user@host:5432/database (percent-encode special"
                + " characters of the password)";
        assertThat(refusal(Map.of("DATABASE_URL", "postgresql://clerk:12/marked@host/db")))
                .containsExactly("mooring: DATABASE_URL is \"postgresql://…@host/db\"" + expected);
        assertThat(refusal(Map.of("DATABASE_URL", "postgresql://clerk:marked@marked@host/db")))
                .containsExactly("mooring: DATABASE_URL cannot be used" + expected);
    }

    @Test
    void uri_inAnotherSetting_isNotShownInAnyPart() {
        assertThat(refusal(Map.of("DATABASE_HOST", "postgresql://clerk:marked@host/db", "DATABASE_NAME", "db")))
                .containsExactly("mooring: DATABASE_HOST cannot be used; expected a host name or IP address, or several"
                        + " separated by commas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"marked-key ", "two\nmarked lines"})
    void adminKey_thatNoClientCanSend_isToldInALine(String key) {
        assertThat(refusal(Map.of("DATABASE_HOST", "db", "ADMIN_API_KEY", key)))
                .singleElement()
                .asString()
                .startsWith(
                        "mooring: ADMIN_API_KEY cannot be used; expected a line of 1 to 4096 visible ASCII characters")
                .doesNotContain("marked");
    }

    @Test
    void parameter_thatHasNoEffect_isTold() {
        assertThat(refusal(Map.of("DATABASE_URL", "postgresql://clerk:marked@host/db?passfile=/marked")))
                .singleElement()
                .asString()
                .contains("DATABASE_URL is \"postgresql://host/db\"; expected no parameter passfile; accepted are ")
                .doesNotContain("marked");
    }

    @Test
    void temporaryFolder_thatDoesNotExist_isToldInALine() {
        Map<String, String> variables = Map.of(
                "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/nowhere", "DATABASE_HOST", "127.0.0.1", "DATABASE_PORT", "1");
        try (Served service = Served.with(variables)) {
            assertThat(service.process().awaitExit(Duration.ofSeconds(20)))
                    .as(service::toString)
                    .isEqualTo(2);
            assertThat(service.process().stderr())
                    .filteredOn(line -> line.startsWith("mooring: "))
                    .singleElement()
                    .asString()
                    .startsWith("mooring: java.io.tmpdir is \"/nowhere\"")
                    .contains("it does not exist; expected a folder that this user may write");
        }
    }

    /** All that the service prints, after it has refused to start. */
    private static List<String> refusal(Map<String, String> variables) {
        try (Served service = Served.with(variables)) {
            assertThat(service.process().awaitExit(Duration.ofSeconds(20)))
                    .as(service::toString)
                    .isEqualTo(2);
            assertThat(service.process().stdout()).isEmpty();
            return service.process().stderr();
        }
    }
}
