package dev.mooring.spring.environment;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingName;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the definitions as {@code META-INF/spring-configuration-metadata.json}, from which editors complete
 * {@code application.yml}. Made when the project is built, compared by a test, never read at run time by us.
 */
public final class SpringMetadata {
    /** What all properties begin with. */
    public static final String PREFIX = "mooring.";

    private SpringMetadata() {}

    /** The document of the starter: its settings, and what it reads by the names of beans, which no catalog can list. */
    public static String ofTheStarter() {
        Map<String, String> properties = properties(StarterCatalog.catalog());
        properties.put(
                "datasource",
                "    {\"name\": \"mooring.datasource\", \"type\":"
                        + " \"java.util.Map<java.lang.String,java.util.Map<java.lang.String,java.lang.Boolean>>\","
                        + " \"description\": \"Whether Mooring supervises a data source, as in"
                        + " mooring.datasource.<bean>.supervised.\"}");
        return document(properties);
    }

    /** The document, sorted by name, with a line break at its end. */
    public static String of(SettingCatalog catalog) {
        return document(properties(catalog));
    }

    private static Map<String, String> properties(SettingCatalog catalog) {
        Map<String, String> properties = new TreeMap<>();
        for (Setting<?> setting : catalog.settings()) {
            Stream.concat(Stream.of(setting.name()), setting.aliases().stream())
                    .forEach(name -> properties.put(name.property(), property(setting, name)));
            if (setting.isSecret()) {
                SettingName file = setting.name().file();
                properties.put(
                        file.property(),
                        entry(
                                file,
                                "java.nio.file.Path",
                                "File with the value of " + PREFIX
                                        + setting.name().property() + ".",
                                ""));
            }
        }
        return properties;
    }

    private static String document(Map<String, String> properties) {
        return properties.values().stream()
                .collect(Collectors.joining(",\n", "{\n  \"properties\": [\n", "\n  ]\n}\n"));
    }

    private static String property(Setting<?> setting, SettingName name) {
        // A type that is not public means nothing to an editor: an operator writes text.
        Class<?> known = setting.type().javaType();
        Class<?> type = setting.isSecret() || !Modifier.isPublic(known.getModifiers()) ? String.class : known;
        String fixed = setting.fixedDefault()
                .flatMap(value -> setting.defaultInWords())
                .map(value -> ", \"defaultValue\": " + literal(type, value))
                .orElse("");
        return entry(
                name,
                type.equals(List.class) ? "java.util.List<java.lang.String>" : type.getName(),
                setting.description(),
                fixed);
    }

    private static String entry(SettingName name, String type, String description, String more) {
        return "    {\"name\": " + string(PREFIX + name.property()) + ", \"type\": " + string(type)
                + ", \"description\": " + string(description) + more + "}";
    }

    private static String literal(Class<?> type, String value) {
        boolean bare = Number.class.isAssignableFrom(type) || type.equals(Boolean.class);
        return bare ? value : string(value);
    }

    private static String string(String text) {
        return text.chars()
                .mapToObj(c -> switch (c) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    default -> c < ' ' ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
