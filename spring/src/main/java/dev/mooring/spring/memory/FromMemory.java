package dev.mooring.spring.memory;

/**
 * Marks a type that answers from the memory of this process: it does no I/O, asks no dependency, and takes no lock that another
 * thread may hold while it waits. What answers on the health path, or decides about a request before its limits are in force, is
 * built from such types only, so it answers while every dependency hangs. The architecture tests of our modules refuse a marked
 * type that uses a database, a file, a socket or a lock.
 */
public interface FromMemory {}
