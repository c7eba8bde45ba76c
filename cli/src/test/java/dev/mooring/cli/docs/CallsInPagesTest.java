package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks that the calls and the codes of errors that the pages name exist. */
class CallsInPagesTest {
    private static final Pattern CALL = Pattern.compile("(GET|HEAD|POST|PUT|DELETE) (/[^ ?]*)(\\?.*)?");
    private static final Pattern CODE = Pattern.compile("\\b[45]\\d\\d `([a-z]+(?:_[a-z]+)*)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");

    private final JsonNode paths = JsonMapper.shared()
            .readTree(Repository.read(Repository.ROOT.resolve("registry/src/main/resources/openapi.json")))
            .get("paths");

    @Test
    void calls_ofTheService_exist() {
        Set<String> roots = paths.propertyNames().stream()
                .map(path -> path.split("/", 3)[1])
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (Page page : Repository.pages()) {
            for (String span : page.codeSpans()) {
                Matcher call = CALL.matcher(span);
                if (call.matches()
                        && roots.contains(call.group(2).split("/", 3)[1])
                        && !exists(call.group(1), call.group(2))) {
                    missing.add(page + ": " + span);
                }
            }
        }
        assertThat(missing).as("calls that the service does not have").isEmpty();
    }

    private boolean exists(String method, String path) {
        Predicate<String> same =
                pattern -> path.replaceAll("[{}]", "").matches(pattern.replaceAll("\\{[^}]+}", "[^/]+"));
        String key = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return paths.propertyNames().stream().filter(same).anyMatch(pattern -> paths.get(pattern)
                .has(key));
    }

    @Test
    void codes_ofErrors_stayOnTheirPage() {
        Set<String> known = HEADING.matcher(
                        Repository.page("docs/reference/errors.md").text())
                .results()
                .flatMap(heading -> Stream.of(heading.group(1).split(", ")))
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (Page page : Repository.pages()) {
            // The examples are services of their own, with errors of their own.
            CODE.matcher(page.file().startsWith("examples") ? "" : page.text())
                    .results()
                    .map(hit -> hit.group(1))
                    .filter(code -> !known.contains(code))
                    .forEach(code -> missing.add(page + ": " + code));
        }
        assertThat(missing).as("codes that no error has").isEmpty();
    }
}
