/**
 * What a process does to the machine around it: it finds a port, deletes a folder, signals, freezes and ends other processes, and runs
 * programs without the rights of root. Module {@code testing} uses these classes too; services have no need of them. What may come in:
 * what concerns any process or folder, whatever runs in it. Signals need a Unix.
 */
@NullMarked
package dev.mooring.embedded.machine;

import org.jspecify.annotations.NullMarked;
