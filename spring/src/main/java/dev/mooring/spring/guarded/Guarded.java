package dev.mooring.spring.guarded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes every call of the method a call to a dependency. Mooring refuses the call at once while the dependency is down, limits
 * how many calls run at the same time, and counts the outcome. This works for calls through the bean only, not for calls within
 * its class. The outcome of a method that returns a {@code CompletionStage} is that of the stage.
 *
 * <p>A refused call throws {@link dev.mooring.breaker.DependencyUnavailableException} or {@link
 * dev.mooring.breaker.DependencySaturatedException}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {
    /** The name of the dependency, which must be a bean of type {@code Dependency}. */
    String value();
}
