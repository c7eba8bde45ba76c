/** Supervised HTTP backends. */
module dev.mooring.http {
    requires transitive dev.mooring.core;
    requires transitive dev.mooring.settings;
    requires transitive java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.mooring.http;
    exports dev.mooring.http.settings;
}
