package dev.mooring.applications.harness;

import java.util.Locale;

/** Whether an application has the starter. */
public enum Variant {
    WITHOUT,
    WITH;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
