package dev.mooring.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A setting that exists once for each dependency and begins with its name: {@code <NAME>_CB_FAILURE_THRESHOLD}. Immutable. */
public final class SettingFamily<T> {
    private final Setting<T> member;

    /** The defaults of the dependencies that have their own. */
    private final Map<String, T> others;

    private SettingFamily(Setting<T> member, Map<String, T> others) {
        this.member = member;
        this.others = others;
    }

    /** A family whose members differ only in the dependency's name; {@code member} has the name without it. */
    public static <T> SettingFamily<T> of(Setting<T> member) {
        return new SettingFamily<>(member, Map.of());
    }

    /** The same with another default for one dependency. */
    public SettingFamily<T> exceptFor(String dependency, T standard) {
        Map<String, T> all = new TreeMap<>(others);
        all.put(dependency, standard);
        return new SettingFamily<>(member, all);
    }

    /** The setting of one dependency. */
    public Setting<T> of(String dependency) {
        Setting<T> one =
                member.named(new SettingName(dependency + "." + member.name().property()));
        return Optional.ofNullable(others.get(dependency)).map(one::defaultsTo).orElse(one);
    }

    /** The definition that all members share, under the name without a dependency. Its default in words names those that differ. */
    public Setting<T> member() {
        StringBuilder words = new StringBuilder(member.defaultInWords().orElse("none"));
        others.forEach((dependency, standard) -> words.append("; ")
                .append(member.type().show().apply(standard))
                .append(" for ")
                .append(dependency.toUpperCase(Locale.ROOT)));
        return others.isEmpty() ? member : member.defaultsWhere(words.toString(), settings -> member.fixedDefault());
    }

    @Override
    public String toString() {
        return "<NAME>_" + member;
    }
}
