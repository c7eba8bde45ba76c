package dev.mooring.registry.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of a source, split as MLflow splits it.
 *
 * @param scheme in lower case; empty for a path without one
 * @param host what stands between {@code //} and the path, with user and port; empty if there is none
 * @param path the path, without query and fragment
 */
record SourceUri(String scheme, String host, String path) {
    private static final String BEFORE_PATH = "(?:([A-Za-z][A-Za-z0-9+.-]*+):)?+(?://([^/?#]*+))?+";
    private static final Pattern FORM = Pattern.compile(BEFORE_PATH + "([^?#]*+).*+", Pattern.DOTALL);
    private static final Pattern FORM_OF_NAME = Pattern.compile(BEFORE_PATH + "([^?]*+).*+", Pattern.DOTALL);
    private static final Pattern LEADING = Pattern.compile("^[\\x00-\\x20]++");
    private static final Pattern IGNORED = Pattern.compile("[\\t\\r\\n]");
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}|\\+");
    private static final Pattern SLASHES = Pattern.compile("/+");

    /** The parts of a source. */
    static SourceUri of(String source) {
        return of(source, FORM);
    }

    /** The parts of a source whose path names a version of a model. It has no fragment: a name may hold {@code #}. */
    static SourceUri ofName(String source) {
        return of(source, FORM_OF_NAME);
    }

    private static SourceUri of(String source, Pattern parts) {
        Matcher form = parts.matcher(
                IGNORED.matcher(LEADING.matcher(source).replaceFirst("")).replaceAll(""));
        if (!form.matches()) {
            throw new IllegalStateException("the pattern takes every text");
        }
        return new SourceUri(orEmpty(form, 1).toLowerCase(Locale.ROOT), orEmpty(form, 2), form.group(3));
    }

    private static String orEmpty(Matcher form, int group) {
        String text = form.group(group);
        return text == null ? "" : text;
    }

    /** Whether the path, with all its escapes resolved, begins at a root and leads nowhere else: without {@code .}, {@code ..} and NUL. */
    static boolean isAbsolute(String source) {
        String plain = unescaped(source);
        String path = SLASHES.matcher(of(plain).path()).replaceAll("/");
        String end = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return end.startsWith("/")
                && end.indexOf('\0') < 0
                && Stream.of(plain.split("/", -1)).noneMatch(".."::equals)
                && Stream.of(end.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    /** The text without escapes, also without those that an escape hides. Each round makes it shorter or ends. */
    private static String unescaped(String text) {
        String before = text;
        String after = once(text);
        while (!after.equals(before)) {
            before = after;
            after = once(before);
        }
        return after;
    }

    private static String once(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        escape.group().equals("+")
                                ? " "
                                : URLDecoder.decode(escape.group(), StandardCharsets.ISO_8859_1)));
    }
}
