/**
 * What can be set from outside: one definition for each setting, in code, that the library, the starter, the commands and the
 * reference page all read. Knows no framework: where values come from is a {@link dev.mooring.settings.SettingSource}.
 *
 * <p>What may come in: the machinery, and the settings that every dependency has. All others stand beside the code that obeys them.
 */
@NullMarked
package dev.mooring.settings;

import org.jspecify.annotations.NullMarked;
