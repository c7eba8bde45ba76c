/** Settings, each defined once, and where their values come from. */
module dev.mooring.settings {
    requires transitive dev.mooring.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.mooring.settings;
}
