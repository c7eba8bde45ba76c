package dev.mooring.applications.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface ThingRepository extends JpaRepository<Thing, Long> {
    List<Thing> findAllByOrderById();
}
