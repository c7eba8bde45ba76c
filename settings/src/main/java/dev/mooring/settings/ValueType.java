package dev.mooring.settings;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A type of value: reads a value from text, shows a value as text, and describes the accepted values. Immutable.
 *
 * @param javaType the class of the values
 * @param words describe the accepted values in error messages, with an article: {@code a port number}
 * @param example text that follows the bounds in error messages, such as {@code , such as 10, 250ms or 2m}; may be empty
 * @param unit the unit of a number that is written without one, such as {@code seconds}; empty when there is none
 * @param reader turns text into a value, or returns empty when it cannot; never throws
 * @param show turns a value into text for people, which {@code reader} reads back; empty text for a secret
 * @param visibility how much of the text messages and commands may show
 */
public record ValueType<T>(
        Class<?> javaType,
        String words,
        String example,
        String unit,
        Function<String, Optional<T>> reader,
        Function<T, String> show,
        Visibility visibility) {

    /** How much of a value's text messages and commands may show. */
    public enum Visibility {
        /** All of it. */
        PLAIN,
        /** A URI, which may carry a password: scheme, hosts and path only. */
        URI,
        /** Nothing. */
        SECRET;

        /** The part of {@code raw} that may be shown; empty when nothing may. */
        Optional<String> of(String raw) {
            return switch (this) {
                case PLAIN -> Optional.of(raw);
                case URI -> SafeUri.shown(raw);
                case SECRET -> Optional.empty();
            };
        }
    }

    static final ValueType<String> TEXT = of(String.class, "a text", Optional::of);
    static final ValueType<Integer> INTEGER = of(Integer.class, "a whole number", text -> {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    });
    static final ValueType<Integer> PORT = INTEGER.called("a port number", port -> true);
    static final ValueType<Double> DECIMAL = of(Double.class, "a number", ValueType::decimal)
            .shownBy(value -> BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
    static final ValueType<Boolean> FLAG =
            of(Boolean.class, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1" -> Optional.of(true);
                case "false", "no", "off", "0" -> Optional.of(false);
                default -> Optional.empty();
            });

    /** Durations: seconds without a unit, decimals too, or {@code 250ms}, {@code 2m}, {@code PT30S}; never negative. */
    public static final ValueType<Duration> DURATION = new ValueType<>(
            Duration.class,
            "a duration",
            ", such as 10 (seconds), 250ms or 2m",
            "seconds",
            Durations::parse,
            Durations::show,
            Visibility.PLAIN);

    static final ValueType<Path> PATH = of(Path.class, aPath(), text -> {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    });
    static final ValueType<List<String>> LIST = new ValueType<>(
            List.class,
            "a list",
            ", separated by commas",
            "",
            text -> Optional.of(Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList()),
            list -> String.join(",", list),
            Visibility.PLAIN);
    static final ValueType<Secret> SECRET = new ValueType<>(
            Secret.class,
            "a secret",
            "",
            "",
            text -> Optional.of(Secret.of(text)),
            Secret::toString,
            Visibility.SECRET);

    /** A type whose values are shown by their {@code toString()}. */
    public static <T> ValueType<T> of(Class<T> javaType, String words, Function<String, Optional<T>> reader) {
        return new ValueType<>(javaType, words, "", "", reader, Object::toString, Visibility.PLAIN);
    }

    /** One of an enum's constants, in lower case with dashes. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> choices) {
        List<E> all = List.of(choices.getEnumConstants());
        String words = all.stream().map(ValueType::choice).collect(Collectors.joining(", ", "one of ", ""));
        return of(choices, words, text -> all.stream()
                        .filter(one ->
                                choice(one).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                        .findFirst())
                .shownBy(ValueType::choice);
    }

    /** The same type with another {@code show}. */
    public ValueType<T> shownBy(Function<T, String> other) {
        return new ValueType<>(javaType, words, example, unit, reader, other, visibility);
    }

    /** The same type with another visibility. */
    public ValueType<T> showing(Visibility other) {
        return new ValueType<>(javaType, words, example, unit, reader, show, other);
    }

    /** The same type, limited to the values for which {@code accepted} is true, with other words and no example. */
    ValueType<T> called(String otherWords, Predicate<T> accepted) {
        return new ValueType<>(
                javaType, otherWords, "", unit, text -> reader.apply(text).filter(accepted), show, visibility);
    }

    private static String choice(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Double> decimal(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** In a locale without UTF-8, such as C, Java has no name for a file with other characters than ASCII. */
    private static String aPath() {
        return "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))
                ? "a path"
                : "a path of ASCII characters in the present locale (set LC_ALL=C.UTF-8 for others)";
    }
}
