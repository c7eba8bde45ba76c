package dev.mooring.spring.health;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Leaves a health path to the application where one of its handlers, or an endpoint of Actuator that it placed there, has exactly that
 * path. A pattern with variables or wildcards does not count.
 */
final class PathsOfTheApplication implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.health");

    private final HealthPaths health;
    private final ListableBeanFactory beans;
    private final String prefix;

    /** {@code prefix} stands before every path of the dispatcher servlet; usually it is empty. */
    PathsOfTheApplication(HealthPaths health, ListableBeanFactory beans, String prefix) {
        this.health = health;
        this.beans = beans;
        this.prefix = prefix;
    }

    /** Runs when all handlers are there and before the server accepts a request. */
    @Override
    public void afterSingletonsInstantiated() {
        Map<String, String> handlers = new HashMap<>();
        beans.getBeansOfType(HandlerMapping.class).values().forEach(mapping -> collect(mapping, handlers));
        health.leave(handlers.keySet())
                .forEach(path -> LOG.info(
                        "The application itself answers {} ({}), so Mooring does not answer it.",
                        path,
                        handlers.get(path)));
    }

    private void collect(HandlerMapping mapping, Map<String, String> handlers) {
        if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
            methods.getHandlerMethods().forEach((info, method) -> info.getDirectPaths()
                    .forEach(path -> handlers.put(prefix + path, method.getShortLogMessage())));
        } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
            urls.getHandlerMap().forEach((path, handler) -> handlers.put(prefix + path, "a handler of its URL"));
        } else if (mapping instanceof RouterFunctionMapping functions) {
            RouterFunction<?> routes = functions.getRouterFunction();
            if (routes != null) {
                RoutedPaths.of(routes).forEach(path -> handlers.put(prefix + path, "a router function"));
            }
        }
    }
}
