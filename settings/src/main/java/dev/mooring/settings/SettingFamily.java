package dev.mooring.settings;

/** A setting that exists once for each dependency and begins with its name: {@code <NAME>_CB_FAILURE_THRESHOLD}. Immutable. */
public final class SettingFamily<T> {
    private final Setting<T> member;

    private SettingFamily(Setting<T> member) {
        this.member = member;
    }

    /** A family whose members differ only in the dependency's name; {@code member} has the name without it. */
    public static <T> SettingFamily<T> of(Setting<T> member) {
        return new SettingFamily<>(member);
    }

    /** The setting of one dependency. */
    public Setting<T> of(String dependency) {
        return member.named(new SettingName(dependency + "." + member.name().property()));
    }

    /** The definition that all members share, under the name without a dependency. */
    public Setting<T> member() {
        return member;
    }

    @Override
    public String toString() {
        return "<NAME>_" + member;
    }
}
