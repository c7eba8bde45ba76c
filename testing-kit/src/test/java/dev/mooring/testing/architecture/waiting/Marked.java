package dev.mooring.testing.architecture.waiting;

/** A mark as {@code FromMemory} is one. */
public interface Marked {}
