package dev.mooring.registry.backend;

import dev.mooring.http.settings.HttpBackendSettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The settings of the MLflow server behind the service. */
public final class MlflowSettings {
    /** The name of the dependency. */
    public static final String NAME = "mlflow";

    /** Its address, its credentials, its limits. */
    public static final HttpBackendSettings BACKEND =
            HttpBackendSettings.of(NAME).addressCalled("mlflow.tracking-uri").loginCalled("mlflow.tracking");

    /** When the service looks whether MLflow made a version twice. */
    public static final Setting<Duration> SECOND_LOOK = Setting.duration("mlflow.second-look")
            .between(Duration.ofSeconds(1), Duration.ofHours(1))
            .defaultsTo(Duration.ofMinutes(2))
            .describedAs(
                    "Time after a registration that needed more than one attempt until the service looks whether MLflow made"
                            + " its version twice, because a call ended late there. It looks again after ten times as long.");

    /** How often the mirror is compared with MLflow. */
    public static final Setting<Duration> SYNC_INTERVAL = Setting.duration("mlflow.sync-interval")
            .between(Duration.ofSeconds(1), Duration.ofDays(1))
            .defaultsTo(Duration.ofMinutes(5))
            .describedAs(
                    "Time from the beginning of one comparison of the mirror with MLflow's registry to that of the next. A"
                            + " comparison asks MLflow four times a second at most.");

    /** All of them, for the reference page. */
    public static final SettingGroup MLFLOW = withSecondLook(
            BACKEND.group(
                    "MLflow",
                    "The MLflow server behind the service. Without an address the service keeps the registry itself, in its database."));

    private MlflowSettings() {}

    /** Whether an MLflow server stands behind the service. */
    public static boolean isBehind(Settings settings) {
        return settings.isSet(BACKEND.address()) && settings.get(BACKEND.enabled());
    }

    private static SettingGroup withSecondLook(SettingGroup group) {
        List<Setting<?>> all = new ArrayList<>(group.settings());
        all.add(SECOND_LOOK);
        all.add(SYNC_INTERVAL);
        return new SettingGroup(group.title(), group.description(), all, group.families(), group.rule());
    }
}
