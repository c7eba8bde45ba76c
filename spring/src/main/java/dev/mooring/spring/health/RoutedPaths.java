package dev.mooring.spring.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;

/** Collects the paths of router functions, with the paths of the nests that they stand in. Used by one thread. */
final class RoutedPaths implements RouterFunctions.Visitor, RequestPredicates.Visitor {
    private final Set<String> paths = new HashSet<>();
    private final Deque<String> nests = new ArrayDeque<>();
    private String last = "";

    private RoutedPaths() {}

    static Set<String> of(RouterFunction<?> routes) {
        RoutedPaths paths = new RoutedPaths();
        routes.accept(paths);
        return paths.paths;
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        nests.addLast(path(predicate));
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        nests.removeLast();
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        paths.add(String.join("", nests) + path(predicate));
    }

    private String path(RequestPredicate predicate) {
        last = "";
        predicate.accept(this);
        return last;
    }

    @Override
    public void path(String pattern) {
        last = pattern;
    }

    @Override
    public void resources(Function<ServerRequest, Optional<Resource>> lookup) {}

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> routes) {}

    @Override
    public void method(Set<HttpMethod> methods) {}

    @Override
    @SuppressWarnings({"deprecation", "removal"}) // Spring still declares it
    public void pathExtension(String extension) {}

    @Override
    public void header(String name, String value) {}

    @Override
    public void param(String name, String value) {}

    @Override
    public void version(String version) {}

    @Override
    public void startAnd() {}

    @Override
    public void and() {}

    @Override
    public void endAnd() {}

    @Override
    public void startOr() {}

    @Override
    public void or() {}

    @Override
    public void endOr() {}

    @Override
    public void startNegate() {}

    @Override
    public void endNegate() {}

    @Override
    public void unknown(RequestPredicate predicate) {}
}
