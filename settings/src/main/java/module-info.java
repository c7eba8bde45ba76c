/** Settings, each defined once, and the sources of their values. */
module dev.mooring.settings {
    requires transitive dev.mooring.core;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.mooring.settings;
}
