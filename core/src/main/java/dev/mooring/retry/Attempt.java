package dev.mooring.retry;

/** Work that may be tried again. */
@FunctionalInterface
public interface Attempt<T> {
    /**
     * Tries once.
     *
     * @param number which attempt this is, from 1
     */
    T run(int number) throws Exception;
}
