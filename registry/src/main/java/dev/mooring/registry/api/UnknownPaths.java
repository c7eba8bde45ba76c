package dev.mooring.registry.api;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemReader;
import java.util.Optional;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers requests for a path that the service does not have: where the description of all calls is. Thread-safe. */
final class UnknownPaths implements ProblemReader {
    private static final Problem NOT_FOUND = Problem.notFound(
            "not_found",
            "There is nothing under this address: check the path and its letter case. GET /openapi.json describes all calls.");

    @Override
    public Optional<Problem> read(Throwable error) {
        boolean isUnknown = error instanceof NoResourceFoundException || error instanceof NoHandlerFoundException;
        return isUnknown ? Optional.of(NOT_FOUND) : Optional.empty();
    }
}
