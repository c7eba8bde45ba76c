package dev.mooring.spring.health;

import dev.mooring.settings.InForce;
import dev.mooring.spring.json.JsonObject;
import java.util.List;

/**
 * The member {@code configuration} of {@code /health/detailed}: the settings in force and where each comes from, read once at
 * the start. It never contains the value of a secret.
 */
final class ConfigurationSection implements DetailSection {
    private final JsonObject all;

    ConfigurationSection(List<InForce> settings) {
        this.all = new JsonObject()
                .each(
                        settings.stream(),
                        (json, one) -> json.put(
                                one.setting().name().variable(),
                                new JsonObject().put("value", one.shown()).put("origin", one.origin())));
    }

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public JsonObject read() {
        return all;
    }
}
