package dev.mooring.testing.architecture.cyclic.right;

import dev.mooring.testing.architecture.cyclic.left.Left;

/** The other half. */
public record Right(Left other) {}
