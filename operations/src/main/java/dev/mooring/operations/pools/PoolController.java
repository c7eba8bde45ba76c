package dev.mooring.operations.pools;

import dev.mooring.operations.access.Caller;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.BodyReader;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.pool.ConnectionPool;
import dev.mooring.spring.problem.ProblemException;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code /ops/pools}: the figures of each connection pool of this instance, from memory, and their eviction. */
@RestController
@RequestMapping("/ops/pools")
final class PoolController {
    private static final String REASON = "reason";
    private static final int LONGEST_REASON = 1_000;

    private final PoolActs acts;

    PoolController(PoolActs acts) {
        this.acts = acts;
    }

    @GetMapping
    PoolList all() {
        return new PoolList(acts.pools().map(PoolStatus::of).toList());
    }

    @GetMapping("/{dependency}")
    PoolStatus one(@PathVariable String dependency) {
        return PoolStatus.of(known(dependency));
    }

    @PostMapping(path = "/{dependency}/evict", consumes = MediaType.APPLICATION_JSON_VALUE)
    PoolStatus evict(
            @PathVariable String dependency,
            @RequestBody(required = false) byte @Nullable [] body,
            @Nullable Principal principal) {
        ConnectionPool pool = known(dependency);
        BodyReader reader = BodyReader.of(body, Set.of(REASON));
        String reason = reader.required(REASON, LONGEST_REASON);
        reader.mistakes().refuseIfAny();
        int count = acts.evict(pool, Caller.nameOf(principal), reason);
        return PoolStatus.of(pool).afterEviction(count);
    }

    private ConnectionPool known(String dependency) {
        return acts.find(dependency)
                .orElseThrow(() -> ProblemException.notFound(
                        "dependency_not_found",
                        "There is no dependency \"" + Text.shown(dependency)
                                + "\" with a connection pool; /ops/pools lists them."));
    }

    @Answer
    record PoolList(List<PoolStatus> pools) {}
}
