/**
 * Keeps the history of health in the database, so that it survives a restart. The control thread writes changes while it reaches the
 * database, and reads the recorded ones once. What may come in: how changes are stored. Not: how requests for the history are
 * answered, which needs only memory.
 */
@NullMarked
package dev.mooring.operations.history;

import org.jspecify.annotations.NullMarked;
