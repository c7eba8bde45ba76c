package dev.mooring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingDefinitionTest {
    private static final Setting<String> HOST = Setting.text("database.host").describedAs("Address of \"the\" server.");
    private static final Setting<Secret> PASSWORD =
            Setting.secret("database.password").describedAs("Password.");

    @ParameterizedTest
    @ValueSource(strings = {"", "Database", "database_host", "database.", "a..b", ".a", "1a"})
    void name_notInTheForm_isRefused(String property) {
        assertThatThrownBy(() -> Setting.text(property)).hasMessageContaining("\"" + property + "\"");
    }

    @Test
    void accepting_ownWords_areThoseOfTheMessage() {
        Setting<String> name = HOST.accepting("a host name", text -> !text.contains(" "));

        assertThat(name.accepts()).isEqualTo("a host name");
        assertThat(name.read("a b")).isEmpty();
        assertThat(name.read("ab")).contains("ab");
    }

    @Test
    void catalog_oneNameTwice_isRefused() {
        SettingGroup dots = SettingGroup.of("a", "", Setting.text("a.b"));
        SettingGroup dashes = SettingGroup.of("b", "", Setting.text("a-b"));

        assertThatThrownBy(() -> SettingCatalog.of(dots, dashes)).hasMessage("two settings are called A_B");
    }

    @Test
    void catalogs_composed_haveWhatBothHaveOnce() {
        SettingGroup common =
                SettingGroup.of("common", "", Setting.text("a")).withFamilies(SettingFamily.of(Setting.text("own")));
        SettingCatalog one = SettingCatalog.of(common).withDependencies("database");
        SettingCatalog other = SettingCatalog.of(common, SettingGroup.of("more", "", Setting.text("b")))
                .withDependencies("database", "reports");

        assertThat(one.and(other).settings())
                .extracting(Setting::toString)
                .containsExactly("A", "DATABASE_OWN", "REPORTS_OWN", "B");
        assertThatThrownBy(() -> one.and(SettingCatalog.of(SettingGroup.of("again", "", Setting.text("a")))))
                .hasMessage("two settings are called A");
    }

    @Test
    void values_givenInCode_haveTheBoundsAndTheNameOfTheProperty() {
        Setting<Integer> size =
                Setting.integer("pool.size").between(1, 9).defaultsTo(3).orOff();
        Setting<Duration> wait = Setting.duration("pool.wait").defaultsTo(Duration.ofSeconds(1));
        SettingCatalog catalog = SettingCatalog.of(SettingGroup.of("pool", "", size, wait));

        Settings given =
                Settings.of(new GivenValues().with(size, Optional.empty()).with(wait, Duration.ofMillis(250)), catalog);
        given.check();
        assertThat(given.find(size)).isEmpty();
        assertThat(given.get(wait)).isEqualTo(Duration.ofMillis(250));
        assertThat(given.inForce(wait).origin()).isEqualTo("code");
        assertThatThrownBy(() ->
                        Settings.of(new GivenValues().with(size, 10), catalog).check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pool.size is \"10\"; expected a whole number from 1 to 9, or off");
    }

    @Test
    void group_redefiningAnUnknownSetting_isRefused() {
        assertThatThrownBy(() -> SettingGroup.of("a", "", HOST).redefining(PASSWORD))
                .hasMessage("DATABASE_PASSWORD is not a setting of the group a");
    }

    @Test
    void family_ofADependency_hasItsNameInFront() {
        SettingFamily<Integer> threshold =
                SettingFamily.of(Setting.integer("cb.failure-threshold").defaultsTo(5));
        SettingCatalog catalog = SettingCatalog.of(
                        SettingGroup.of("breakers", "").withFamilies(threshold))
                .withDependencies("database", "night-job");

        assertThat(catalog.settings())
                .extracting(Setting::toString)
                .containsExactly("DATABASE_CB_FAILURE_THRESHOLD", "NIGHT_JOB_CB_FAILURE_THRESHOLD");
        assertThat(threshold).hasToString("<NAME>_CB_FAILURE_THRESHOLD");
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_HOSTT, DATABASE_HOST", "DATABASE_HOS, DATABASE_HOST", "DATABSE_HOST, DATABASE_HOST",
        "DATABASE_HSOT, DATABASE_HOST", "DATABASE_HOSE, DATABASE_HOST", "DATABASE_PASWORD_FILE, DATABASE_PASSWORD_FILE",
    })
    void check_misspelledVariable_isWarnedOf(String variable, String meant) {
        assertThat(warningsOf(Set.of(variable, "PATH", "HOME_DIR")))
                .containsExactly(variable + " is not a setting and does nothing; did you mean " + meant + "?");
    }

    @Test
    void check_fileForASettingThatIsNoSecret_isWarnedOf() {
        assertThat(warningsOf(Set.of("DATABASE_HOST_FILE", "DATABASE_HOST")))
                .containsExactly(
                        "DATABASE_HOST_FILE is not a setting and does nothing; only a secret, such as a password, can be in a"
                                + " file; set DATABASE_HOST itself");
    }

    @Test
    void check_otherVariables_raiseNoFalseAlarm() {
        Set<String> others = new TreeSet<>(Set.of(
                "DATABASE_HOST",
                "DATABASE_HOSTS", // the setting itself is there
                "DATABASE_PORT_5432_TCP",
                "DATABASE_SERVICE_HOST",
                "DATABASE_PASSWORD_FILE",
                "DATABASE",
                "DB_HOST",
                "PATH"));

        assertThat(warningsOf(others)).isEmpty();
    }

    private static List<String> warningsOf(Set<String> variables) {
        SettingSource source = new Environment(
                variables.stream().collect(java.util.stream.Collectors.toMap(name -> name, name -> " ")));
        Settings settings = Settings.of(source, SettingCatalog.of(SettingGroup.of("a", "", HOST, PASSWORD)));
        settings.check();
        return settings.warnings();
    }

    @Test
    void get_definedWithTwoTypes_isTheProgrammersMistake() {
        Settings settings =
                Settings.of(SettingSource.environment(Map.of()), SettingCatalog.of(SettingGroup.of("a", "", HOST)));

        assertThatThrownBy(() -> settings.find(Setting.integer("database.host")))
                .hasMessage("DATABASE_HOST is defined with two types");
    }
}
