package dev.mooring.applications.datajdbc;

import dev.mooring.applications.things.Things;
import java.util.List;
import org.springframework.transaction.annotation.Transactional;

/** Keeps things with Spring Data JDBC. */
@Transactional
class DataJdbcThings implements Things {
    private final ThingRepository repository;

    DataJdbcThings(ThingRepository repository) {
        this.repository = repository;
    }

    @Override
    public void add(String name) {
        repository.save(new Thing(null, name));
    }

    @Override
    public void addThenFail(String name) {
        add(name);
        throw new IllegalStateException("after adding " + name);
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> names() {
        return repository.findAllByOrderById().stream().map(Thing::name).toList();
    }
}
