package dev.mooring.spring.guarded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Each call of the method is a call to a dependency: refused at once while it is down, bounded in number, and its outcome counts.
 * The method must be called through its bean. One that returns a {@code CompletionStage} is judged by how the stage ends.
 *
 * <p>A refused call throws {@link dev.mooring.breaker.DependencyUnavailableException} or
 * {@link dev.mooring.breaker.DependencySaturatedException}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {
    /** The name of the dependency; a bean of type {@code Dependency} has it. */
    String value();
}
