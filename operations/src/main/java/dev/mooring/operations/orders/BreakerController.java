package dev.mooring.operations.orders;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.operations.access.Caller;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.problem.ProblemException;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code /ops/breakers}: the state of each breaker, from memory, and orders. */
@RestController
@RequestMapping("/ops/breakers")
final class BreakerController {
    private final Mooring mooring;
    private final Operators operators;

    BreakerController(Mooring mooring, Operators operators) {
        this.mooring = mooring;
        this.operators = operators;
    }

    @GetMapping
    BreakerList all() {
        return new BreakerList(mooring.dependencies().stream()
                .filter(Dependency::enabled)
                .map(BreakerStatus::of)
                .toList());
    }

    @GetMapping("/{name}")
    BreakerStatus one(@PathVariable String name) {
        return BreakerStatus.of(known(name));
    }

    @PostMapping(path = "/{name}/{kind}", consumes = MediaType.APPLICATION_JSON_VALUE)
    BreakerStatus order(
            @PathVariable String name,
            @PathVariable String kind,
            @RequestBody(required = false) byte @Nullable [] body,
            @Nullable Principal principal) {
        OrderKind wanted = OrderKind.of(kind)
                .orElseThrow(() -> ProblemException.notFound(
                        "action_not_found",
                        "There is no action \"" + kind + "\" of a breaker; there are open, bypass, close and"
                                + " reset."));
        Dependency dependency = known(name);
        Order order = OrderReader.read(body, name, wanted, Caller.nameOf(principal));
        boolean everywhere = operators.give(order);
        return BreakerStatus.of(dependency).afterOrder(everywhere);
    }

    private Dependency known(String name) {
        return mooring.dependency(name)
                .filter(Dependency::enabled)
                .orElseThrow(() -> ProblemException.notFound(
                        "dependency_not_found",
                        "There is no dependency \"" + name + "\" that is switched on; /ops/breakers lists them."));
    }

    @Answer
    record BreakerList(List<BreakerStatus> breakers) {}
}
