package dev.mooring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    enum Wait {
        NONE,
        CONTINUE,
        EXIT
    }

    enum Profile {
        REGISTRY,
        FLOW
    }

    static final Setting<Integer> PORT = Setting.port("database.port").defaultsTo(5432);
    static final Setting<String> HOST = Setting.text("database.host");
    static final Setting<Duration> CONNECT_TIMEOUT = Setting.duration("database.connect-timeout")
            .between(Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultsTo(Duration.ofSeconds(10));
    static final Setting<Secret> PASSWORD = Setting.secret("database.password");
    static final Setting<Wait> WAIT = Setting.oneOf("startup-wait", Wait.class).defaultsTo(Wait.NONE);
    static final Setting<Profile> PROFILE =
            Setting.oneOf("profile", Profile.class).defaultsTo(Profile.REGISTRY);
    static final Setting<Integer> RETRIES = Setting.integer("database.max-retries")
            .atLeast(1)
            .defaultsTo("3; flow 10", settings -> settings.get(PROFILE) == Profile.FLOW ? 10 : 3);
    static final Setting<Duration> CHECK_TIMEOUT =
            Setting.duration("health-check-timeout").defaultsTo(Duration.ofSeconds(10));
    static final SettingFamily<Duration> OWN_CHECK_TIMEOUT =
            SettingFamily.of(Setting.duration("health-check-timeout").defaultsTo(CHECK_TIMEOUT));
    static final Setting<String> URL = Setting.of(
                    "database.url",
                    ValueType.of(String.class, "a PostgreSQL URI", text -> Optional.of(text)
                                    .filter(t -> t.startsWith("postgresql://")))
                            .showing(ValueType.Visibility.URI))
            .alsoCalled("postgres.uri");
    static final Setting<String> NAME =
            Setting.text("database.name").takenFrom(URL, url -> Optional.of(url.substring(url.lastIndexOf('/') + 1)));

    @Test
    void value_thatTheJvmCouldNotDecode_isToldAsSuchWithoutTheValue() {
        Settings settings =
                Settings.ofEnvironment(Map.of("DATABASE_PASSWORD", "gr\uFFFD\uFFFDn", "DATABASE_HOST", "\uFFFD"));

        assertThat(settings.secret(PASSWORD)).isEmpty();
        assertThat(settings.find(HOST)).isEmpty();
        assertThat(settings.problems())
                .extracting(SettingProblem::message)
                .containsExactly(
                        "DATABASE_PASSWORD holds characters that this process cannot decode; set LC_ALL to a UTF-8 locale,"
                                + " such as C.UTF-8, or put it into the file that DATABASE_PASSWORD_FILE names",
                        "DATABASE_HOST holds characters that this process cannot decode; set LC_ALL to a UTF-8 locale, such"
                                + " as C.UTF-8");
    }

    @Test
    void defaultThatDependsOnOthers_canBeNone() {
        Setting<String> fallback = Setting.text("database.fallback-name")
                .orOff()
                .defaultsWhere("mlflow; none with a port", settings -> Optional.of("mlflow")
                        .filter(unused -> !settings.isSet(PORT)));

        assertThat(Settings.ofEnvironment(Map.of()).find(fallback)).contains("mlflow");
        Settings none = Settings.ofEnvironment(Map.of("DATABASE_PORT", "5433"));
        assertThat(none.find(fallback)).isEmpty();
        assertThat(none.inForce(fallback).shown()).contains("off");
        assertThat(Settings.ofEnvironment(Map.of("DATABASE_PORT", "5433", "DATABASE_FALLBACK_NAME", "spare"))
                        .find(fallback))
                .contains("spare");
    }

    @Test
    void get_nothingSet_isTheDefault() {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_PORT", "  "));

        assertThat(settings.get(PORT)).isEqualTo(5432);
        assertThat(settings.isSet(PORT)).isFalse();
        assertThat(settings.inForce(PORT)).isEqualTo(new InForce(PORT, true, Optional.of("5432"), "default"));
    }

    @Test
    void get_set_isThatAndSaysWhereFrom() {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_PORT", " 5433 "));

        assertThat(settings.get(PORT)).isEqualTo(5433);
        assertThat(settings.inForce(PORT).origin()).isEqualTo("environment DATABASE_PORT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATABASE_PORT|54x2|DATABASE_PORT is \"54x2\"; expected a port number from 1 to 65535",
                "DATABASE_PORT|0|DATABASE_PORT is \"0\"; expected a port number from 1 to 65535",
                "DATABASE_CONNECT_TIMEOUT|soon|DATABASE_CONNECT_TIMEOUT is \"soon\";"
                        + " expected a duration from 100ms to 5m, such as 10 (seconds), 250ms or 2m",
                "DATABASE_CONNECT_TIMEOUT|-1|DATABASE_CONNECT_TIMEOUT is \"-1\";"
                        + " expected a duration from 100ms to 5m, such as 10 (seconds), 250ms or 2m",
                "STARTUP_WAIT|never|STARTUP_WAIT is \"never\"; expected one of none, continue, exit",
                "DATABASE_MAX_RETRIES|0|DATABASE_MAX_RETRIES is \"0\"; expected a whole number of at least 1",
                "POSTGRES_URI|mysql://u:s3cret@db/x?password=s3cret|POSTGRES_URI is \"mysql://…@db/x?…\"; expected a PostgreSQL URI",
                "DATABASE_URL|u:s3cret@db/x|DATABASE_URL cannot be used; expected a PostgreSQL URI",
                "DATABASE_PASSWORD_FILE|/nowhere/at/all|DATABASE_PASSWORD_FILE is \"/nowhere/at/all\";"
                        + " expected a readable file that is not empty",
            })
    void orThrow_badValue_namesVariableValueAndWhatIsAccepted(String variable, String value, String line) {
        Settings settings = Settings.ofEnvironment(Map.of(variable, value));
        for (Setting<?> setting : List.of(PORT, CONNECT_TIMEOUT, WAIT, RETRIES, URL, PASSWORD)) {
            settings.find(setting);
        }

        assertThatThrownBy(settings::orThrow)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(line);
    }

    @Test
    void check_severalMistakes_tellsAllOfThemOnce() {
        Settings settings = Settings.of(
                SettingSource.environment(Map.of("DATABASE_PORT", "x", "STARTUP_WAIT", "y")),
                SettingCatalog.of(SettingGroup.of("all", "Everything.", PORT, WAIT, PASSWORD)));

        assertThat(settings.get(PORT)).isEqualTo(5432);
        assertThatThrownBy(settings::check).hasMessageMatching("(?s)DATABASE_PORT is .*\\nSTARTUP_WAIT is [^\\n]*");
    }

    @Test
    void get_neitherValueNorDefault_saysWhatToSet() {
        Settings settings = Settings.ofEnvironment(Map.of());

        assertThatThrownBy(() -> settings.get(HOST)).hasMessage("DATABASE_HOST is not set; expected a text");
    }

    @Test
    void find_serviceLinkOfKubernetes_isNotSetAndWarns() {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_PORT", "tcp://10.0.0.1:5432"));

        assertThat(settings.get(PORT)).isEqualTo(5432);
        assertThat(settings.problems()).isEmpty();
        assertThat(settings.warnings())
                .singleElement()
                .asString()
                .startsWith("DATABASE_PORT is \"tcp://10.0.0.1:5432\"");
    }

    @Test
    void find_partOfAUri_comesFromItUnlessSetItself() {
        Map<String, String> uri = Map.of("POSTGRES_URI", "postgresql://u:p@db/mine");
        Settings settings = Settings.ofEnvironment(uri);
        assertThat(settings.find(NAME)).contains("mine");
        assertThat(settings.inForce(NAME).origin()).isEqualTo("environment POSTGRES_URI");

        Settings both =
                Settings.ofEnvironment(Map.of("POSTGRES_URI", "postgresql://u:p@db/mine", "DATABASE_NAME", "other"));
        assertThat(both.find(NAME)).contains("other");
    }

    @Test
    void find_partOfAUriThatIsNotAccepted_isAMistakeOfTheUri() {
        Setting<Integer> port = PORT.takenFrom(URL, url -> Optional.of(70_000));
        Settings settings = Settings.ofEnvironment(Map.of("POSTGRES_URI", "postgresql://u:s3cret@db/mine"));

        assertThat(settings.get(port)).isEqualTo(5432);
        assertThatThrownBy(settings::orThrow)
                .hasMessage("POSTGRES_URI sets DATABASE_PORT to \"70000\"; expected a port number from 1 to 65535");
    }

    @Test
    void inForce_uriWithAPassword_isShownWithoutIt() {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_URL", "postgresql://user:s3cret@db/mine"));

        assertThat(settings.inForce(URL).shown()).contains("postgresql://…@db/mine");
    }

    @Test
    void defaults_thatDependOnAnotherSetting_follow() {
        assertThat(Settings.ofEnvironment(Map.of("PROFILE", "flow")).get(RETRIES))
                .isEqualTo(10);
        assertThat(Settings.ofEnvironment(Map.of("HEALTH_CHECK_TIMEOUT", "4")).get(OWN_CHECK_TIMEOUT.of("database")))
                .isEqualTo(Duration.ofSeconds(4));
        assertThat(Settings.ofEnvironment(Map.of("RANKING_HEALTH_CHECK_TIMEOUT", "7"))
                        .get(OWN_CHECK_TIMEOUT.of("ranking")))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void find_off_isNoValueWhateverTheDefault() {
        Setting<Duration> leak =
                Setting.duration("leak").defaultsTo(Duration.ofSeconds(1)).orOff();

        assertThat(Settings.ofEnvironment(Map.of("LEAK", "OFF")).find(leak)).isEmpty();
    }

    @Test
    void catalog_definitionOfItsOwn_countsForALibrarysSetting() {
        SettingGroup database =
                SettingGroup.of("database", "PostgreSQL.", HOST).redefining(HOST.defaultsTo("localhost"));
        Settings settings = Settings.of(SettingSource.environment(Map.of()), SettingCatalog.of(database));

        assertThat(settings.get(HOST)).isEqualTo("localhost");
    }

    @Test
    void check_ruleBetweenSettings_isReportedWithTheValue() {
        SettingGroup group = SettingGroup.of("all", "Everything.", CHECK_TIMEOUT)
                .requiring(settings -> settings.reject(CHECK_TIMEOUT, "at most 5s"));
        Settings settings =
                Settings.of(SettingSource.environment(Map.of("HEALTH_CHECK_TIMEOUT", "8")), SettingCatalog.of(group));

        assertThatThrownBy(settings::check).hasMessage("HEALTH_CHECK_TIMEOUT is \"8s\"; expected at most 5s");
    }

    @Test
    void reject_valueThatHoldsLineEnds_isOneShortLine() {
        Setting<String> user = Setting.text("mlflow.tracking.username");
        SettingGroup group = SettingGroup.of("all", "Everything.", user)
                .requiring(rules -> rules.reject(user, "MLFLOW_TRACKING_PASSWORD beside it"));
        Settings settings = Settings.of(
                SettingSource.environment(Map.of("MLFLOW_TRACKING_USERNAME", "val" + "\n".repeat(200) + "ue")),
                SettingCatalog.of(group));

        assertThatThrownBy(settings::check)
                .hasMessage("MLFLOW_TRACKING_USERNAME is \"val" + "\uFFFD".repeat(97)
                        + "…\"; expected MLFLOW_TRACKING_PASSWORD beside it");
        assertThat(settings.inForce(user).shown())
                .hasValueSatisfying(shown -> assertThat(shown.lines()).hasSize(1));
    }

    @Test
    void secret_rotatedInItsFile_isReadAgainAndKeptWhileTheFileIsAway(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "first\n");
        SecretSource secret = Settings.ofEnvironment(Map.of("DATABASE_PASSWORD_FILE", file.toString()))
                .secret(PASSWORD)
                .orElseThrow();
        assertThat(secret.current().reveal()).isEqualTo("first");

        Files.writeString(file, "second\r\n");
        assertThat(secret.current().reveal()).isEqualTo("second");

        Files.delete(file);
        assertThat(secret.current().reveal()).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab ", " ab", "a\nb", "a\r\nb", "a\tb", "cl\u00e9", "a\u0000b", "\u00a0", "\ud83d\ude00"})
    void token_thatNoHeaderCarries_isAMistakeThatDoesNotShowIt(String token, @TempDir Path directory) throws Exception {
        Setting<Secret> setting = Setting.token("admin-api-key").describedAs("Key.");
        Path file = Files.writeString(directory.resolve("key"), token);

        for (Map<String, String> environment :
                List.of(Map.of("ADMIN_API_KEY", token), Map.of("ADMIN_API_KEY_FILE", file.toString()))) {
            Settings settings = Settings.ofEnvironment(environment);
            assertThat(settings.find(setting)).isEmpty();
            assertThat(settings.problems())
                    .singleElement()
                    .asString()
                    .startsWith("ADMIN_API_KEY")
                    .contains("a line of 1 to 4096 visible ASCII characters, with no space at either end")
                    .doesNotContain(token.strip() + "\"")
                    .doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a b", "mrg_abc-DEF+/=~!"})
    void token_thatAHeaderCarries_isTaken(String token) {
        Setting<Secret> setting = Setting.token("admin-api-key").describedAs("Key.");

        assertThat(Settings.ofEnvironment(Map.of("ADMIN_API_KEY", token)).find(setting))
                .contains(Secret.of(token));
    }

    @Test
    void token_whoseFileGetsOneThatNoHeaderCarries_staysAsItWas(@TempDir Path directory) throws Exception {
        Setting<Secret> setting = Setting.token("admin-api-key").describedAs("Key.");
        Path file = Files.writeString(directory.resolve("key"), "first\n");
        SecretSource source = Settings.ofEnvironment(Map.of("ADMIN_API_KEY_FILE", file.toString()))
                .secret(setting)
                .orElseThrow();

        for (String bad : new String[] {"two\nlines", "with space ", "", "cl\u00e9"}) {
            Files.writeString(file, bad);
            assertThat(source.current()).as(bad).isEqualTo(Secret.of("first"));
        }
        Files.writeString(file, "second");
        assertThat(source.current()).isEqualTo(Secret.of("second"));
    }

    @Test
    void secret_setTwice_isAMistake(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "first");
        Settings settings = Settings.ofEnvironment(
                Map.of("DATABASE_PASSWORD", "s3cret", "DATABASE_PASSWORD_FILE", file.toString()));

        assertThat(settings.find(PASSWORD)).isEmpty();
        assertThatThrownBy(settings::orThrow)
                .hasMessage("DATABASE_PASSWORD and DATABASE_PASSWORD_FILE are both set; expected one of them");
    }

    @Test
    void secret_inForce_isNeverShown() {
        Settings settings = Settings.ofEnvironment(Map.of("DATABASE_PASSWORD", "s3cret"));

        assertThat(settings.inForce(PASSWORD).isSet()).isTrue();
        assertThat(settings.inForce(PASSWORD).toString()).doesNotContain("s3cret");
        assertThat(settings.find(PASSWORD).toString()).doesNotContain("s3cret");
    }
}
