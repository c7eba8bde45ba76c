package dev.mooring.testing.architecture.cyclic.left;

import dev.mooring.testing.architecture.cyclic.right.Right;

/** One half of a cycle between packages that are not null-marked. */
public record Left(Right other) {}
