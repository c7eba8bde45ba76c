package dev.mooring.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Reads settings from a source and collects every mistake, so that one start reports all of them:
 *
 * <pre>{@code
 * Settings settings = Settings.of(source, CATALOG);
 * settings.check();                                   // throws with one line for each mistake
 * Duration timeout = settings.get(CONNECT_TIMEOUT);
 * }</pre>
 *
 * <p>Each setting is read once. One thread creates the object and calls {@link #check()}; after that, any thread may read.
 */
public final class Settings {
    private final SettingSource source;
    private final SettingCatalog catalog;
    private final Map<SettingName, Setting<?>> definitions = new HashMap<>();
    /** The settings that were read. This map and the lists below are concurrent, because any thread may read after the start. */
    private final Map<SettingName, Resolved<?>> resolved = new ConcurrentHashMap<>();

    private final List<SettingProblem> problems = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final SourceReader reader;

    private Settings(SettingSource source, SettingCatalog catalog) {
        this.source = source;
        this.catalog = catalog;
        this.reader = new SourceReader(source, problems::add, warnings::add);
        catalog.settings().forEach(setting -> definitions.put(setting.name(), setting));
    }

    /** Reads from {@code source}. The catalog's definition of a setting overrides the one that a caller passes. */
    public static Settings of(SettingSource source, SettingCatalog catalog) {
        return new Settings(source, catalog);
    }

    /** Reads environment variables, without a catalog: the definition that a caller passes counts. */
    public static Settings ofEnvironment(Map<String, String> environment) {
        return of(SettingSource.environment(environment), SettingCatalog.of());
    }

    /**
     * The value in force. A value that the setting does not accept is recorded as a problem, and the call returns the default.
     *
     * @throws InvalidSettingsException with all problems so far, when there is neither a value nor a default
     */
    public <T> T get(Setting<T> setting) {
        Optional<T> value = find(setting);
        if (value.isEmpty()) {
            Setting<T> definition = definition(setting);
            if (problems.stream().noneMatch(problem -> problem.name()
                    .equals(definition.name().variable()))) {
                String message = definition + " is not set; expected " + definition.accepts();
                problems.add(new SettingProblem(definition.name().variable(), message));
            }
            throw new InvalidSettingsException(problems);
        }
        return value.get();
    }

    /** The value in force; empty when there is neither a value nor a default. A bad value is recorded as a problem. */
    public <T> Optional<T> find(Setting<T> setting) {
        return resolve(setting).value();
    }

    /** The secret in force; empty when there is none. A secret from a file is read again at each use, so a rotation takes effect. */
    public Optional<SecretSource> secret(Setting<Secret> setting) {
        Resolved<Secret> secret = resolve(setting);
        return secret.file().or(() -> secret.value().map(SecretSource::fixed));
    }

    /** Whether a source has a value for it, or for the setting that it is a part of; a default does not count. */
    public boolean isSet(Setting<?> setting) {
        return resolve(setting).isSet();
    }

    /** The value in force and where it comes from, for people. */
    public <T> InForce inForce(Setting<T> setting) {
        Setting<T> definition = definition(setting);
        Resolved<T> now = resolve(setting);
        ValueType<T> type = definition.type();
        Optional<String> shown = now.value()
                .flatMap(value -> type.visibility().of(type.show().apply(value)))
                .map(Printable::line);
        boolean off = now.value().isEmpty() && definition.canBeOff();
        return new InForce(definition, now.value().isPresent() || off, off ? Optional.of("off") : shown, now.origin());
    }

    /**
     * Records that a value does not fit the value of another setting; {@code expected} says what would fit. A setting that has a problem
     * gets no second one.
     */
    public <T> void reject(Setting<T> setting, String expected) {
        String name = setting.name().variable();
        if (problems.stream().noneMatch(problem -> problem.name().equals(name))) {
            Resolved<T> now = resolve(setting);
            String value = inForce(setting)
                    .shown()
                    .map(shown -> " is " + Printable.quoted(shown) + (now.isSet() ? "" : " by default"))
                    .orElse(" cannot be used");
            problems.add(new SettingProblem(name, now.name() + value + "; expected " + expected));
        }
    }

    /** A setting and its value in force, for a message about another setting: {@code DATABASE_POOL_MAX, which is 20}. */
    public String shown(Setting<?> setting) {
        return resolve(setting).name() + ", which is "
                + inForce(setting).shown().orElse("not set");
    }

    /** Records a warning: no mistake, but something that the operator should know. The same words count once. */
    public void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** Mistakes found so far. */
    public List<SettingProblem> problems() {
        return List.copyOf(problems);
    }

    /** The warnings so far, each one line for people. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Reads every setting of the catalog and, when all are accepted, runs the rules of its groups. Warns of a variable that is one letter
     * off the name of a setting.
     *
     * @throws InvalidSettingsException with every mistake
     */
    public void check() {
        List<Setting<?>> settings = catalog.settings();
        settings.forEach(this::resolve);
        List<Setting<?>> inVariables = settings.stream()
                .filter(setting -> source.readsVariable(setting.name()))
                .toList();
        warnings.addAll(Misspelling.warnings(source.variables(), inVariables));
        if (problems.isEmpty()) {
            catalog.groups().forEach(group -> group.rule().accept(this));
        }
        orThrow();
    }

    /**
     * Ends the reading: throws if there were mistakes.
     *
     * @throws InvalidSettingsException with every mistake
     */
    public void orThrow() {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    @SuppressWarnings("unchecked") // the catalog's definition of a name has the same type of value, which is checked
    private <T> Setting<T> definition(Setting<T> setting) {
        Setting<?> own = definitions.getOrDefault(setting.name(), setting);
        if (!own.type().javaType().equals(setting.type().javaType())) {
            throw new IllegalStateException(setting + " is defined with two types");
        }
        return (Setting<T>) own;
    }

    @SuppressWarnings("unchecked") // put below under the same name, whose type was checked
    private <T> Resolved<T> resolve(Setting<T> setting) {
        Setting<T> definition = definition(setting);
        Resolved<?> known = resolved.get(definition.name());
        if (known == null) {
            known = reader.read(definition)
                    .or(() -> definition.part().flatMap(part -> taken(definition, part)))
                    .orElseGet(() -> byDefault(definition));
            resolved.put(definition.name(), known);
        }
        return (Resolved<T>) known;
    }

    private <S, T> Optional<Resolved<T>> taken(Setting<T> setting, Default.Part<S, T> part) {
        Resolved<S> whole = resolve(part.whole());
        return whole.value().flatMap(part.part()).flatMap(value -> {
            if (!setting.takes(value)) {
                String shown = setting.type().show().apply(value);
                String message = whole.name() + " sets " + setting + " to " + Printable.quoted(shown) + "; expected "
                        + setting.accepts();
                problems.add(new SettingProblem(part.whole().name().variable(), message));
                return Optional.empty();
            }
            String name = setting.name().variable();
            return Optional.of(
                    new Resolved<>(Optional.of(value), whole.isSet(), name, whole.origin(), Optional.empty()));
        });
    }

    private <T> Resolved<T> byDefault(Setting<T> setting) {
        String name = setting.name().variable();
        Default<T> standard = setting.defaultValue();
        if (standard instanceof Default.Value<T> fixed) {
            return new Resolved<>(Optional.of(fixed.value()), false, name, "default", Optional.empty());
        }
        if (standard instanceof Default.Computed<T> computed) {
            return new Resolved<>(computed.value().apply(this), false, name, "default", Optional.empty());
        }
        if (standard instanceof Default.Same<T> same) {
            Resolved<T> other = resolve(same.other());
            return new Resolved<>(other.value(), other.isSet(), name, other.origin(), other.file());
        }
        return new Resolved<>(
                Optional.empty(), false, name, setting.canBeOff() ? "default" : "not set", Optional.empty());
    }
}
