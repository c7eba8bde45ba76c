package dev.mooring.applications.things;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Keeps things with {@link JdbcClient}. */
@Transactional
public class JdbcThings implements Things {
    private final JdbcClient jdbc;

    public JdbcThings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(String name) {
        jdbc.sql("insert into thing (name) values (?)").param(name).update();
    }

    @Override
    public void addThenFail(String name) {
        add(name);
        throw new IllegalStateException("after adding " + name);
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> names() {
        return jdbc.sql("select name from thing order by id")
                .query(String.class)
                .list();
    }
}
