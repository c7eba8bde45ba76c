/**
 * Operations of any service on the starter: who may call, what operators order, who did what. This package holds the settings of all
 * of it; each feature has a package of its own below and switches itself on.
 */
@NullMarked
package dev.mooring.operations;

import org.jspecify.annotations.NullMarked;
