package dev.mooring.applications.jpa;

import dev.mooring.applications.things.Things;
import java.util.List;
import org.springframework.transaction.annotation.Transactional;

/** Keeps things with Spring Data JPA. */
@Transactional
public class JpaThings implements Things {
    private final ThingRepository repository;

    public JpaThings(ThingRepository repository) {
        this.repository = repository;
    }

    @Override
    public void add(String name) {
        repository.save(new Thing(name));
    }

    @Override
    public void addThenFail(String name) {
        repository.saveAndFlush(new Thing(name));
        throw new IllegalStateException("after adding " + name);
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> names() {
        return repository.findAllByOrderById().stream().map(Thing::name).toList();
    }
}
