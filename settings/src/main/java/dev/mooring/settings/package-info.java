/**
 * Settings, each defined once, in code. The library, the starter, the commands and the reference page all read that definition. The package
 * knows no framework: a {@link dev.mooring.settings.SettingSource} supplies the values.
 *
 * <p>What may come in: the machinery, and the settings that every kind of dependency has. All other settings stand beside the code that
 * uses them.
 */
@NullMarked
package dev.mooring.settings;

import org.jspecify.annotations.NullMarked;
