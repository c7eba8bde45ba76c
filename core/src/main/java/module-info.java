/** Supervised dependencies. What is not exported (the supervision itself) may change without notice. */
@SuppressWarnings("module") // the modules that exports are for come later in the build
module dev.mooring.core {
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.mooring;
    exports dev.mooring.breaker;
    exports dev.mooring.diagnosis;
    exports dev.mooring.event;
    exports dev.mooring.failure;
    exports dev.mooring.health;
    exports dev.mooring.history;
    exports dev.mooring.probe;
    exports dev.mooring.retry;
    exports dev.mooring.time;
    exports dev.mooring.thread to
            dev.mooring.postgres;
}
