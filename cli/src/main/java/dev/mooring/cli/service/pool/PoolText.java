package dev.mooring.cli.service.pool;

import dev.mooring.cli.service.Answer;
import dev.mooring.cli.terminal.Columns;
import java.util.List;

/** Pools as text: one line for each. */
final class PoolText {
    private PoolText() {}

    static List<String> lines(List<Answer> pools) {
        Columns columns = new Columns();
        pools.forEach(pool -> columns.row(
                pool.text("dependency"),
                pool.number("active") + " active",
                pool.number("idle") + " idle",
                pool.number("waiting") + " waiting",
                "of " + pool.number("max"),
                pool.has("acquire_ms") ? "acquired in " + pool.text("acquire_ms") + " ms" : ""));
        return columns.lines();
    }
}
