package dev.mooring.messages;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;

/** The settings of messages. */
public final class MessageSettings {
    /** How many refused attempts make a dead letter. */
    public static final Setting<Integer> MAX_ATTEMPTS = Setting.integer("queue-max-attempts")
            .between(1, 1_000)
            .defaultsTo(10)
            .describedAs(
                    "Attempts to deliver a message that its destination refuses while it is well; then the message is a dead"
                            + " letter. An outage does not count.");

    /** All of them. */
    public static final SettingGroup MESSAGES =
            SettingGroup.of("Messages", "How messages reach other systems.", MAX_ATTEMPTS);

    private MessageSettings() {}
}
