package dev.mooring.operations.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A right that a key carries; a guarded call needs exactly one. Scopes sort by area, and within an area the right to read is first.
 *
 * @param code how the scope is written, {@code AREA:RIGHT} as in {@code models:read}; lower-case letters, digits and hyphens
 */
public record Scope(String code) implements Comparable<Scope> {
    // Before the constants, which need it.
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");
    private static final Comparator<Scope> ORDER = Comparator.comparing(Scope::area)
            .thenComparing(scope -> !scope.right().equals("read"))
            .thenComparing(Scope::right);

    /** Needed to read what operators see. */
    public static final Scope OPS_READ = new Scope("ops:read");
    /** Needed to do what operators do: give orders, make and revoke keys. */
    public static final Scope OPS_ACT = new Scope("ops:act");

    public Scope {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("a scope is written AREA:RIGHT in lower case, not \"" + code + "\"");
        }
    }

    /** The scope with this code; empty if the text does not have the form of a scope. */
    public static Optional<Scope> of(String code) {
        return FORM.matcher(code).matches() ? Optional.of(new Scope(code)) : Optional.empty();
    }

    /** How these scopes are written, in order. */
    public static List<String> codes(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::code).toList();
    }

    /** Whether operators need it, and no other caller. */
    public boolean isOfOperations() {
        return area().equals("ops");
    }

    private String area() {
        return code.substring(0, code.indexOf(':'));
    }

    private String right() {
        return code.substring(code.indexOf(':') + 1);
    }

    @Override
    public int compareTo(Scope other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return code;
    }
}
