package dev.mooring.registry.api;

import dev.mooring.spring.problem.ProblemTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each code of an error means: the sections of one page, whose headings are the codes. The same page stands in {@code docs/reference}.
 * Immutable.
 */
final class ErrorPages implements ProblemTypes {
    static final String ROOT = "/errors";

    private static final String HEADING = "## ";

    private final String page;
    private final Map<String, String> sections = new LinkedHashMap<>();

    /**
     * Reads the page. A heading may have several codes, with commas between.
     *
     * @throws IllegalArgumentException two headings have the same code
     */
    ErrorPages(String page) {
        this.page = page;
        String[] parts = page.split("(?m)^" + HEADING);
        for (int i = 1; i < parts.length; i++) {
            String[] section = parts[i].split("\n", 2);
            for (String code : section[0].split(", ")) {
                if (sections.put(code, code + "\n\n" + section[1].strip() + "\n") != null) {
                    throw new IllegalArgumentException("two sections of the page of errors have the code " + code);
                }
            }
        }
    }

    @Override
    public Optional<String> of(String code) {
        return sections.containsKey(code) ? Optional.of(ROOT + "/" + code) : Optional.empty();
    }

    /** The whole page, as plain text. */
    String page() {
        return page;
    }

    /** The explanation of a code, as plain text. */
    Optional<String> section(String code) {
        return Optional.ofNullable(sections.get(code));
    }
}
