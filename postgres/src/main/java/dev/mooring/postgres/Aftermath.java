package dev.mooring.postgres;

import dev.mooring.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a probe finds out that the cause of a failed call is over, where no further call shows it: the rights in the database changed, or its
 * disk has room again. Asks only after such a failure. Thread-safe.
 */
final class Aftermath {
    private static final String UNKNOWN = "";

    private final Consumer<FailureKind> over;

    /**
     * The rights that the first probe after the failed call saw; unknown until then, and null while no call lacked a right. Calls and
     * probes write it.
     */
    private final AtomicReference<@Nullable String> rights = new AtomicReference<>();

    /** Whether a call met a full disk. Calls set it, a probe that wrote clears it. */
    private final AtomicBoolean full = new AtomicBoolean();

    /** {@code over} receives each kind whose cause is over. */
    Aftermath(Consumer<FailureKind> over) {
        this.over = over;
    }

    /** A call failed. Kinds of another cause have no effect. */
    void failed(FailureKind kind) {
        if (kind == FailureKind.PERMISSION_DENIED) {
            if (rights.get() == null) {
                rights.compareAndSet(null, UNKNOWN);
            }
        } else if (kind == FailureKind.DISK_FULL && !full.get()) {
            full.set(true);
        }
    }

    /** A write succeeded, so there is nothing to ask. */
    void wrote() {
        rights.set(null);
        full.set(false);
    }

    /** Asks on the session of a probe. What it cannot find out stays as it is. */
    void look(ProbeSession session) {
        String before = rights.get();
        if (before != null) {
            session.rights().ifPresent(now -> compare(before, now));
        }
        if (full.get() && session.hasRoom() && full.compareAndSet(true, false)) {
            over.accept(FailureKind.DISK_FULL);
        }
    }

    private void compare(String before, String now) {
        if (before.equals(UNKNOWN)) {
            rights.compareAndSet(before, now);
        } else if (!before.equals(now) && rights.compareAndSet(before, null)) {
            over.accept(FailureKind.PERMISSION_DENIED);
        }
    }

    /** An SQL expression of type text that changes with owners, rights and roles of the database. Needs no rights. */
    static String rightsExpression() {
        String objects =
                "(select string_agg(concat_ws(' ', oid, %1$sowner, %1$sacl), ',' order by oid) from pg_catalog.pg_%2$s"
                        + " where %1$snamespace not in (select oid from pg_catalog.pg_namespace where nspname ~ '^pg_' or nspname ="
                        + " 'information_schema'))";
        List<String> parts = new ArrayList<>();
        parts.add(String.format(objects, "rel", "class"));
        parts.add(String.format(objects, "pro", "proc"));
        parts.add("(select string_agg(concat_ws(' ', attrelid, attnum, attacl), ',' order by attrelid, attnum)"
                + " from pg_catalog.pg_attribute where attacl is not null)");
        parts.add("(select string_agg(concat_ws(' ', oid, nspowner, nspacl), ',' order by oid)"
                + " from pg_catalog.pg_namespace where nspname !~ '^pg_')");
        parts.add(
                "(select string_agg(concat_ws(' ', oid, datdba, datacl), ',' order by oid) from pg_catalog.pg_database)");
        parts.add("(select string_agg(concat_ws(' ', roleid, member), ',' order by roleid, member)"
                + " from pg_catalog.pg_auth_members)");
        parts.add(
                "(select string_agg(concat_ws(' ', oid, rolsuper, rolinherit), ',' order by oid) from pg_catalog.pg_roles)");
        return "pg_catalog.md5(pg_catalog.concat_ws('/', " + String.join(", ", parts) + "))";
    }
}
