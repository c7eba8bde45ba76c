package dev.mooring.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one setting: name, type, bounds, default and description. Declare it once, as a constant beside the code that uses it:
 *
 * <pre>{@code
 * static final Setting<Duration> CONNECT_TIMEOUT = Setting.duration("database.connect-timeout")
 *         .describedAs("Longest time for a TCP connection to the server.")
 *         .between(Duration.ofMillis(100), Duration.ofMinutes(5))
 *         .defaultsTo(Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Immutable; each method that changes something returns a copy.
 */
public final class Setting<T> {
    private static final Pattern HEADER_VALUE = Pattern.compile("[!-~]|[!-~][ -~]{0,4094}[!-~]");

    private final SettingName name;
    private final List<SettingName> aliases;
    private final String description;
    private final ValueType<T> type;
    private final Bounds<T> bounds;
    private final Default<T> defaultValue;
    private final Default.@Nullable Part<?, T> part;
    private final boolean canBeOff;

    private Setting(
            SettingName name,
            List<SettingName> aliases,
            String description,
            ValueType<T> type,
            Bounds<T> bounds,
            Default<T> defaultValue,
            Default.@Nullable Part<?, T> part,
            boolean canBeOff) {
        this.name = name;
        this.aliases = aliases;
        this.description = description;
        this.type = type;
        this.bounds = bounds;
        this.defaultValue = defaultValue;
        this.part = part;
        this.canBeOff = canBeOff;
    }

    /** A setting whose values have this type. */
    public static <T> Setting<T> of(String property, ValueType<T> type) {
        return new Setting<>(
                new SettingName(property),
                List.of(),
                "",
                type,
                new Bounds<>(null, null),
                new Default.None<>(),
                null,
                false);
    }

    /** Any text. */
    public static Setting<String> text(String property) {
        return of(property, ValueType.TEXT);
    }

    /** A whole number. */
    public static Setting<Integer> integer(String property) {
        return of(property, ValueType.INTEGER);
    }

    /** A number with decimals. */
    public static Setting<Double> decimal(String property) {
        return of(property, ValueType.DECIMAL);
    }

    /** A switch: true or false, also yes/no, on/off, 1/0. */
    public static Setting<Boolean> flag(String property) {
        return of(property, ValueType.FLAG);
    }

    /**
     * A duration. A number without a unit means seconds and may have decimals; {@code 250ms}, {@code 2m} and {@code PT30S} also work.
     * Never negative.
     */
    public static Setting<Duration> duration(String property) {
        return of(property, ValueType.DURATION);
    }

    /**
     * A port number from 1 to 65535. Kubernetes sets a variable such as {@code REDIS_PORT=tcp://10.0.0.1:6379} for a Service of
     * that name; such a value counts as not set, with a warning.
     */
    public static Setting<Integer> port(String property) {
        return of(property, ValueType.PORT).between(1, 65535);
    }

    /** The path of a file or directory. */
    public static Setting<Path> path(String property) {
        return of(property, ValueType.PATH);
    }

    /** A list of texts, separated by commas. */
    public static Setting<List<String>> list(String property) {
        return of(property, ValueType.LIST);
    }

    /** One of an enum's constants, written in lower case with dashes: {@code VERIFY_FULL} is {@code verify-full}. */
    public static <E extends Enum<E>> Setting<E> oneOf(String property, Class<E> choices) {
        return of(property, ValueType.oneOf(choices));
    }

    /** A secret. Instead of the secret, the variable {@code NAME_FILE} may hold the path of a file that contains it. */
    public static Setting<Secret> secret(String property) {
        return of(property, ValueType.SECRET);
    }

    /**
     * A secret that travels in a header of HTTP. It accepts only what a header can carry unchanged: a line of visible ASCII characters,
     * with spaces only between them, at most 4096.
     */
    public static Setting<Secret> token(String property) {
        return secret(property)
                .accepting(
                        "a line of 1 to 4096 visible ASCII characters, with no space at either end",
                        token -> HEADER_VALUE.matcher(token.reveal()).matches());
    }

    /** The description: plain text that starts with a noun, or with "Whether" for a switch, and ends with a full stop. */
    public Setting<T> describedAs(String words) {
        return new Setting<>(name, aliases, words, type, bounds, defaultValue, part, canBeOff);
    }

    /** The default: the value of the setting when no source gives one. */
    public Setting<T> defaultsTo(T value) {
        return defaultsTo(new Default.Value<>(value));
    }

    /** The default is the value of another setting. */
    public Setting<T> defaultsTo(Setting<T> other) {
        return defaultsTo(new Default.Same<>(other));
    }

    /** The default is computed from other settings.
     *
     * @param words the description of the default
     */
    public Setting<T> defaultsTo(String words, Function<Settings, T> value) {
        return defaultsWhere(words, settings -> Optional.of(value.apply(settings)));
    }

    /** The default depends on other settings, and with some of their values there is none; {@code words} describe it. */
    public Setting<T> defaultsWhere(String words, Function<Settings, Optional<T>> value) {
        return defaultsTo(new Default.Computed<>(words, value));
    }

    private Setting<T> defaultsTo(Default<T> other) {
        return new Setting<>(name, aliases, description, type, bounds, other, part, canBeOff);
    }

    /**
     * If the setting has no value of its own, it takes a part of another setting's value, for example the host from a URI. If that gives
     * nothing, the default applies.
     */
    public <S> Setting<T> takenFrom(Setting<S> whole, Function<S, Optional<T>> taken) {
        return new Setting<>(
                name, aliases, description, type, bounds, defaultValue, new Default.Part<>(whole, taken), canBeOff);
    }

    /** The smallest and the greatest value, both included. */
    public Setting<T> between(T least, T most) {
        return within(new Bounds<>(least, most));
    }

    /** The smallest value, included. */
    public Setting<T> atLeast(T least) {
        return within(new Bounds<>(least, bounds.most()));
    }

    private Setting<T> within(Bounds<T> other) {
        return new Setting<>(name, aliases, description, type, other, defaultValue, part, canBeOff);
    }

    /**
     * Accepts only values for which {@code accepted} is true.
     *
     * @param words the accepted values in error messages, with an article: {@code a host name without spaces}
     */
    public Setting<T> accepting(String words, Predicate<T> accepted) {
        return new Setting<>(
                name, aliases, description, type.called(words, accepted), bounds, defaultValue, part, canBeOff);
    }

    /** Also accepts {@code off}: then the setting has no value, even if it has a default. */
    public Setting<T> orOff() {
        return new Setting<>(name, aliases, description, type, bounds, defaultValue, part, true);
    }

    /** Adds another name, which the reader uses when none of the earlier names is set. */
    public Setting<T> alsoCalled(String property) {
        List<SettingName> more = Stream.concat(aliases.stream(), Stream.of(new SettingName(property)))
                .toList();
        return new Setting<>(name, more, description, type, bounds, defaultValue, part, canBeOff);
    }

    /** The same setting under another name, without its aliases. */
    Setting<T> named(SettingName other) {
        return new Setting<>(other, List.of(), description, type, bounds, defaultValue, part, canBeOff);
    }

    /** Its name as a property and as an environment variable. */
    public SettingName name() {
        return name;
    }

    /** The other names, which the reader uses in this order when the first name is not set. */
    public List<SettingName> aliases() {
        return aliases;
    }

    /** The description, for people. */
    public String description() {
        return description;
    }

    /** The type of its values. */
    public ValueType<T> type() {
        return type;
    }

    /** Whether its value is a secret, which nothing may show. */
    public boolean isSecret() {
        return type.visibility() == ValueType.Visibility.SECRET;
    }

    /** The values that the setting accepts, in the words of the error message: {@code a port number from 1 to 65535}. */
    public String accepts() {
        String limits = bounds.words(type.show());
        return type.words() + (limits.isEmpty() ? "" : " " + limits) + type.example() + (canBeOff ? ", or off" : "");
    }

    /** The default in words; empty when there is none. */
    public Optional<String> defaultInWords() {
        if (defaultValue instanceof Default.Value<T> fixed) {
            return Optional.of(type.show().apply(fixed.value()));
        }
        if (defaultValue instanceof Default.Same<T> same) {
            return Optional.of("as " + same.other().name());
        }
        if (defaultValue instanceof Default.Computed<T> computed) {
            return Optional.of(computed.words());
        }
        return canBeOff ? Optional.of("off") : Optional.empty();
    }

    /** The default when it is a fixed value; empty when there is none and when it depends on other settings. */
    public Optional<T> fixedDefault() {
        return defaultValue instanceof Default.Value<T> fixed ? Optional.of(fixed.value()) : Optional.empty();
    }

    /** Reads a text; empty when the setting does not accept it. */
    Optional<T> read(String text) {
        return type.reader().apply(text).filter(bounds::hold);
    }

    /**
     * Whether the setting accepts a value that is a part of another setting's value. Always true for secrets and URIs: the other setting
     * checks them.
     */
    boolean takes(T value) {
        return type.visibility() != ValueType.Visibility.PLAIN
                || read(type.show().apply(value)).isPresent();
    }

    /** Whether the text is {@code off} and the setting accepts {@code off}. */
    boolean isOff(String text) {
        return canBeOff && text.equalsIgnoreCase("off");
    }

    boolean canBeOff() {
        return canBeOff;
    }

    Default<T> defaultValue() {
        return defaultValue;
    }

    Optional<Default.Part<?, T>> part() {
        return Optional.ofNullable(part);
    }

    @Override
    public String toString() {
        return name.variable();
    }
}
