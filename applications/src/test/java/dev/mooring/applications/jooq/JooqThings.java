package dev.mooring.applications.jooq;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.mooring.applications.things.Things;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.transaction.annotation.Transactional;

/** Keeps things with jOOQ, whose dialect decides how it quotes names. */
@Transactional
class JooqThings implements Things {
    private static final Table<Record> THING = table(name("thing"));
    private static final Field<String> NAME = field(name("name"), String.class);
    private static final Field<Long> ID = field(name("id"), Long.class);

    private final DSLContext sql;

    JooqThings(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void add(String name) {
        sql.insertInto(THING, NAME).values(name).execute();
    }

    @Override
    public void addThenFail(String name) {
        add(name);
        throw new IllegalStateException("after adding " + name);
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> names() {
        return sql.select(NAME).from(THING).orderBy(ID).fetch(NAME);
    }
}
