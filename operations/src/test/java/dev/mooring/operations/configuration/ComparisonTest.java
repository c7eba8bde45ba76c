package dev.mooring.operations.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.SettingSource;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.StarterCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The comparison misses one changed secret in 65,536, so a test of that fails as rarely. */
class ComparisonTest {
    private static final SettingCatalog CATALOG = catalog();
    private static final Map<String, String> USUAL = Map.of(
            "DATABASE_HOST", "db.internal",
            "DATABASE_PASSWORD", "hunter2",
            "ADMIN_API_KEY", "open-sesame",
            "DATABASE_POOL_MAX", "20");

    @Test
    void firstStart_tellsWhatSomebodySet() {
        Comparison first = Comparison.of(Map.of(), configured(USUAL));

        assertThat(first.isFirst()).isTrue();
        assertThat(first.differences())
                .containsExactly(
                        "ADMIN_API_KEY is set (environment ADMIN_API_KEY)",
                        "DATABASE_HOST is \"db.internal\" (environment DATABASE_HOST)",
                        "DATABASE_PASSWORD is set (environment DATABASE_PASSWORD)",
                        "DATABASE_POOL_MAX is \"20\" (environment DATABASE_POOL_MAX)");
    }

    @Test
    void sameSettings_areNoDifference() {
        assertThat(Comparison.of(remembered(USUAL), configured(USUAL)).isEmpty())
                .isTrue();
    }

    @Test
    void defaultThatIsWrittenDown_isNoDifference() {
        assertThat(compared(without("DATABASE_POOL_MAX"), USUAL).differences()).isEmpty();
    }

    @Test
    void changes_areToldWithBothValuesAndTheOrigin() {
        Comparison changed = compared(USUAL, with("DATABASE_POOL_MAX", "40"));

        assertThat(changed.isFirst()).isFalse();
        assertThat(changed.differences())
                .containsExactly("DATABASE_POOL_MAX \"20\" → \"40\" (environment DATABASE_POOL_MAX)");
    }

    @Test
    void changeBackToTheDefault_isTold() {
        assertThat(compared(with("DATABASE_POOL_MAX", "40"), without("DATABASE_POOL_MAX"))
                        .differences())
                .containsExactly("DATABASE_POOL_MAX \"40\" → \"20\" (default)");
    }

    @Test
    void secret_isToldAsChangedAndNoMore() {
        Comparison changed = compared(USUAL, with("DATABASE_PASSWORD", "hunter3"));

        assertThat(changed.differences()).containsExactly("DATABASE_PASSWORD changed (environment DATABASE_PASSWORD)");
        assertThat(changed.toString()).doesNotContain("hunter");
    }

    @Test
    void secret_setOrTakenAway_isTold() {
        assertThat(compared(without("ADMIN_API_KEY"), USUAL).differences())
                .containsExactly("ADMIN_API_KEY not set → set (environment ADMIN_API_KEY)");
        assertThat(compared(USUAL, without("ADMIN_API_KEY")).differences())
                .containsExactly("ADMIN_API_KEY set → not set (not set)");
    }

    @Test
    void secretInsideAUri_isToldAsChanged() {
        Map<String, String> before = Map.of("DATABASE_URL", "postgresql://registry:one@db.internal/models");
        Map<String, String> after = Map.of("DATABASE_URL", "postgresql://registry:two@db.internal/models");

        Comparison changed = compared(before, after);

        assertThat(changed.differences()).singleElement().asString().startsWith("DATABASE_PASSWORD changed");
        assertThat(changed.toRemember().toString()).doesNotContain("two");
    }

    @Test
    void instancesWithSettingsOfTheirOwn_areNoDifference() {
        Map<String, String> one = with("PORT", "8081", "DATABASE_APPLICATION_NAME", "one", "BIND_ADDRESS", "10.0.0.1");
        Map<String, String> other =
                with("PORT", "8082", "DATABASE_APPLICATION_NAME", "other", "BIND_ADDRESS", "10.0.0.2");

        assertThat(compared(one, other).isEmpty()).isTrue();
    }

    @Test
    void serviceThatOthersCanReachFromNowOn_isTold() {
        assertThat(compared(with("BIND_ADDRESS", "127.0.0.1"), with("BIND_ADDRESS", "0.0.0.0"))
                        .differences())
                .containsExactly("BIND_ADDRESS \"reachable from this machine only\" → \"reachable from other machines\""
                        + " (environment BIND_ADDRESS)");
    }

    @Test
    void defaultThatDependsOnTheMachine_countsByItsRule() {
        String rule = remembered(USUAL).get("LOG_FORMAT");

        assertThat(rule).contains("terminal");
        assertThat(compared(USUAL, with("LOG_FORMAT", "json")).differences())
                .singleElement()
                .asString()
                .startsWith("LOG_FORMAT \"" + rule + "\" → \"json\"");
    }

    @Test
    void settingOfAnotherVersion_isNoDifferenceUnlessSomebodySetIt() {
        Map<String, String> older = remembered(USUAL);
        older.remove("DATABASE_RETRY_DELAY");
        older.remove("DATABASE_POOL_MAX");
        older.put("GONE_SINCE", "1");

        Comparison upgraded = Comparison.of(older, configured(USUAL));

        assertThat(upgraded.differences())
                .containsExactly("DATABASE_POOL_MAX is \"20\" (environment DATABASE_POOL_MAX)");
        assertThat(upgraded.toRemember()).containsOnlyKeys("DATABASE_POOL_MAX", "DATABASE_RETRY_DELAY");
    }

    @Test
    void longValue_changedAtItsEnd_isToldAndCut() {
        String origins = "https://a.example,".repeat(100);

        Comparison changed = compared(
                with("CORS_ALLOWED_ORIGINS", origins + "https://b.example"),
                with("CORS_ALLOWED_ORIGINS", origins + "https://c.example"));

        assertThat(changed.differences())
                .singleElement()
                .asString()
                .startsWith("CORS_ALLOWED_ORIGINS \"https://a.example,")
                .contains("\"... (1817 characters) → ")
                .hasSizeLessThan(2_200);
    }

    private static SettingCatalog catalog() {
        SettingCatalog starter = StarterCatalog.catalog();
        List<SettingGroup> groups = new ArrayList<>(starter.groups());
        groups.add(OperationsSettings.OPERATIONS);
        return new SettingCatalog(groups, starter.dependencies());
    }

    private static Comparison compared(Map<String, String> before, Map<String, String> after) {
        return Comparison.of(remembered(before), configured(after));
    }

    private static Map<String, String> remembered(Map<String, String> variables) {
        return new HashMap<>(Comparison.of(Map.of(), configured(variables)).toRemember());
    }

    private static SortedMap<String, Value> configured(Map<String, String> variables) {
        Settings settings = Settings.of(SettingSource.environment(variables), CATALOG);
        return Configured.of(
                settings, CATALOG, Set.of(ServiceSettings.PORT, DatabaseSettings.DATABASE.applicationName()));
    }

    private static Map<String, String> with(String... pairs) {
        Map<String, String> variables = new HashMap<>(USUAL);
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        return variables;
    }

    private static Map<String, String> without(String name) {
        Map<String, String> variables = new HashMap<>(USUAL);
        variables.remove(name);
        return variables;
    }
}
