package dev.mooring.retry;

/** Work that is safe to repeat. */
@FunctionalInterface
public interface Attempt<T> {
    /**
     * Tries once.
     *
     * @param number which attempt this is, from 1
     */
    T run(int number) throws Exception;
}
