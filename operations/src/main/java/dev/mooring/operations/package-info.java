/**
 * Operations of any service on the starter: access, operators' orders, audit and more. This package holds the settings of all
 * features; each feature has a package of its own below and switches itself on.
 */
@NullMarked
package dev.mooring.operations;

import org.jspecify.annotations.NullMarked;
