package dev.mooring.spring.supervision;

/** Beans that are supervised as soon as Spring makes them, such as data sources. */
@FunctionalInterface
public interface SupervisedEarly {
    /** Makes those that are not there yet, so that a {@code Mooring} that Spring hands out has all of them. */
    void begin();
}
