package dev.mooring.cli;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingFamily;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.SettingName;
import java.util.stream.Collectors;

/** Writes {@code docs/reference/configuration.md} from the definitions. */
final class ReferencePage {
    private static final String INTRODUCTION = """
            <!-- Generated from the code; do not edit. CONTRIBUTING.md says how it is written anew. -->
            # Configuration

            Every setting of the service. Each is an environment variable; in a Spring Boot application with the starter it is also
            the property of the same name below `mooring.` (`DATABASE_CONNECT_TIMEOUT` is `mooring.database.connect-timeout`).
            `mooring config` prints what is in force and where it comes from.

            - A system property of the same name, and the JSON document in `SPRING_APPLICATION_JSON`, take precedence over a variable. The service
              reads no files of configuration, in its working directory or elsewhere.
            - A value that is not accepted ends the start with one line that names the variable, the value and what is accepted.
              The start lists all mistakes at once.
            - An empty value counts as not set.
            - A duration without a unit is in seconds (`10`, `1.5`); with one it has that unit (`250ms`, `2m`, `24h`, `PT30S`).
            - A size without a unit is in bytes; `KB`, `MB` and `GB` are powers of 1024.
            - Mooring never shows a secret. Instead of the variable, the variable with `_FILE` added can name a file that holds the secret.
              Mooring reads the file again whenever it needs the secret, so a rotation needs no restart.
            """;

    private ReferencePage() {}

    static String of(SettingCatalog catalog) {
        return INTRODUCTION
                + catalog.groups().stream().map(ReferencePage::section).collect(Collectors.joining());
    }

    private static String section(SettingGroup group) {
        String rows = group.settings().stream()
                .map(setting -> row(setting.name().variable(), setting))
                .collect(Collectors.joining());
        String families = group.families().stream().map(ReferencePage::row).collect(Collectors.joining());
        return "\n## " + group.title() + "\n" + group.description() + "\n\n"
                + "| variable | default | accepted | meaning |\n| --- | --- | --- | --- |\n" + rows + families;
    }

    private static String row(SettingFamily<?> family) {
        return row("<NAME>_" + family.member().name().variable(), family.member());
    }

    private static String row(String variable, Setting<?> setting) {
        String names = setting.aliases().stream()
                .map(SettingName::variable)
                .map(ReferencePage::code)
                .collect(Collectors.joining(" "));
        String accepted = setting.accepts().replace(setting.type().example(), "");
        String unit = setting.type().unit().isEmpty()
                ? ""
                : "; without a unit in " + setting.type().unit();
        return "| " + code(variable) + (names.isEmpty() ? "" : " ") + names
                + (setting.isSecret() ? " " + code(variable + "_FILE") : "") + " | "
                + setting.defaultInWords()
                        .filter(words -> !words.isEmpty())
                        .map(ReferencePage::code)
                        .orElse("") + " | " + cell(accepted + unit) + " | "
                + cell(setting.description()) + " |\n";
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
