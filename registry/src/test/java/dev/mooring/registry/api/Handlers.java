package dev.mooring.registry.api;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The handlers of the running service, by {@link Call#key()}. The error page is none of them. */
final class Handlers {
    private final Map<String, HandlerMethod> all = new TreeMap<>();

    Handlers(RequestMappingHandlerMapping mapping) {
        for (Map.Entry<RequestMappingInfo, HandlerMethod> one :
                mapping.getHandlerMethods().entrySet()) {
            for (String path : one.getKey().getPatternValues()) {
                one.getKey()
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method ->
                                all.put(Call.of("", method.name(), path, "").key(), one.getValue()));
            }
        }
    }

    Set<String> calls() {
        return all.keySet();
    }

    /** The types that the handlers return. */
    Map<String, Type> answers() {
        return all.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().getMethod().getGenericReturnType()));
    }

    /** The parameters that a handler reads, each as {@code in name}. */
    Set<String> parameters(Call call) {
        Set<String> found = new TreeSet<>();
        HandlerMethod handler = all.get(call.key());
        if (handler != null) {
            Stream.of(handler.getMethodParameters()).forEach(parameter -> add(parameter, found));
        }
        return found;
    }

    private static void add(MethodParameter parameter, Set<String> found) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null) {
            found.add("query " + named(query.name(), parameter));
        }
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        if (path != null) {
            found.add("path " + named(path.name(), parameter));
        }
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null) {
            found.add("header " + named(header.name(), parameter));
        }
    }

    private static String named(String given, MethodParameter parameter) {
        return given.isEmpty() ? String.valueOf(parameter.getParameterName()) : given;
    }
}
