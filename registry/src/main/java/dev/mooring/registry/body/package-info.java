/**
 * Bodies of requests and answers, the same for every feature: read field by field, with every mistake told at once, and written in
 * one style. What may come in: forms that hold for all calls. Not: what a call means.
 */
@NullMarked
package dev.mooring.registry.body;

import org.jspecify.annotations.NullMarked;
