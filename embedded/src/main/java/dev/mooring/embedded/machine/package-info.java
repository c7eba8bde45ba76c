/**
 * Access to the machine around a process: find a port, delete a folder, signal, freeze and end other processes, run programs without the
 * rights of root. Module {@code testing} uses these classes too; services do not need them. What may come in: code for any process or
 * folder, whatever runs in it. Signals need a Unix.
 */
@NullMarked
package dev.mooring.embedded.machine;

import org.jspecify.annotations.NullMarked;
