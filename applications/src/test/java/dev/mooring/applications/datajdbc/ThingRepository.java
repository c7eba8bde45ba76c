package dev.mooring.applications.datajdbc;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

/** Public, because Spring makes its proxy in the class loader of the application. */
public interface ThingRepository extends ListCrudRepository<Thing, Long> {
    List<Thing> findAllByOrderById();
}
