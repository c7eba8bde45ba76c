package dev.mooring.cli.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One page of the docs.
 *
 * @param file where it is, seen from the root of the repository
 * @param text what it says
 */
record Page(Path file, String text) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^(<!-- from (?<from>[^>]+) -->\\n)?"
            + "(?<indent> *)```(?<language>\\w*)\\n(?<code>.*?)^\\k<indent>```$");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    /**
     * A block of code.
     *
     * @param from where the same code stands so that it is compiled and run, {@code FILE, TAG}
     */
    record Fence(String language, String code, Optional<String> from) {}

    List<Fence> fences() {
        List<Fence> fences = new ArrayList<>();
        Matcher matcher = FENCE.matcher(text);
        while (matcher.find()) {
            fences.add(new Fence(
                    matcher.group("language"),
                    dedented(matcher.group("code")),
                    Optional.ofNullable(matcher.group("from"))));
        }
        return fences;
    }

    /** Without the indentation that all lines have in common. */
    static String dedented(String lines) {
        return lines.stripTrailing().stripIndent() + "\n";
    }

    List<Fence> fences(String language) {
        return fences().stream().filter(f -> f.language().equals(language)).toList();
    }

    /** What is written as code in the middle of a sentence. */
    List<String> codeSpans() {
        return found(CODE_SPAN, prose());
    }

    /** Links to other files of the repository. */
    List<String> links() {
        return found(LINK, prose()).stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** The names by which other pages can link to a heading. */
    List<String> anchors() {
        return found(HEADING, prose()).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }

    private static List<String> found(Pattern what, String where) {
        return what.matcher(where)
                .results()
                .map((MatchResult hit) -> hit.group(1))
                .collect(Collectors.toList());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
