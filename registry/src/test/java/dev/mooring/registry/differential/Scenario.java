package dev.mooring.registry.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Calls that show one rule of MLflow's registry.
 *
 * @param rule the rule, as a sentence
 */
record Scenario(String rule, List<Call> calls) {
    private static final String PAGE = "scenarios.txt";
    private static final String RULE = "# ";

    /** The scenarios of the page: a line with a rule, then one call a line. Other lines with {@code #} are for people. */
    static List<Scenario> all() {
        List<Scenario> scenarios = new ArrayList<>();
        for (String line : page().lines().toList()) {
            if (line.startsWith(RULE)) {
                scenarios.add(new Scenario(line.substring(RULE.length()), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                scenarios.get(scenarios.size() - 1).calls().add(Call.parse(line));
            }
        }
        return scenarios;
    }

    private static String page() {
        try (InputStream page = Objects.requireNonNull(Scenario.class.getResourceAsStream(PAGE))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(PAGE + " cannot be read", failed);
        }
    }

    @Override
    public String toString() {
        return rule;
    }
}
