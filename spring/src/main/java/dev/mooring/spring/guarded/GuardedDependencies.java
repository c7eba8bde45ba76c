package dev.mooring.spring.guarded;

import dev.mooring.Dependency;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.StartFailedException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Finds the dependency that a guarded method names, and ends the start when there is none. The methods of beans that Spring makes at the
 * start wait for {@link #checkAll}, because their dependencies may not be there before; it checks those of a later bean with that bean.
 * Thread-safe.
 */
final class GuardedDependencies {
    private final ObjectProvider<Dependency> dependencies;

    /** Methods that nothing has checked yet. */
    private final Queue<Map.Entry<Method, Guarded>> unchecked = new ConcurrentLinkedQueue<>();

    /** Whether all beans of the start are there. Volatile: each thread that makes beans reads it. */
    private volatile boolean started;

    GuardedDependencies(ObjectProvider<Dependency> dependencies) {
        this.dependencies = dependencies;
    }

    /** Checks the guarded methods of a bean: now, or with the others of the start. */
    void add(Class<?> bean) {
        MethodIntrospector.selectMethods(bean, (MethodIntrospector.MetadataLookup<Guarded>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, Guarded.class))
                .entrySet()
                .forEach(unchecked::add);
        if (started) {
            checkAll();
        }
    }

    /** Checks what waits, and from now on each bean at once. */
    void checkAll() {
        started = true;
        List<String> mistakes = new ArrayList<>();
        try {
            for (Map.Entry<Method, Guarded> next = unchecked.poll(); next != null; next = unchecked.poll()) {
                String name = next.getValue().value();
                if (named(name).findAny().isEmpty()) {
                    mistakes.add(missing(name, next.getKey()));
                }
            }
        } catch (BeansException failed) {
            // A dependency that Spring creates right now needs the bean. The first call finds out whether it exists.
            if (!failed.contains(BeanCurrentlyInCreationException.class)) {
                throw failed;
            }
        }
        if (!mistakes.isEmpty()) {
            throw new StartFailedException(
                    mistakes.stream().sorted().toList(),
                    ExitCode.MISCONFIGURED,
                    new IllegalStateException(String.join("\n", mistakes)));
        }
    }

    /** The dependency that {@code guarded}, on {@code method}, names. */
    Dependency of(Guarded guarded, Method method) {
        return named(guarded.value())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(missing(guarded.value(), method)));
    }

    private Stream<Dependency> named(String name) {
        return dependencies.stream().filter(one -> one.name().equals(name));
    }

    private String missing(String name, Method method) {
        List<String> known =
                dependencies.stream().map(Dependency::name).sorted().toList();
        return "@Guarded(\"" + name + "\") of " + method + " names no dependency; there are " + known
                + ". Define a bean of type Dependency with that name.";
    }
}
