package dev.mooring.registry.service;

import dev.mooring.Mooring;
import dev.mooring.messages.Relay;
import dev.mooring.operations.OperationsSettings;
import dev.mooring.settings.Settings;
import dev.mooring.thread.BackgroundLoop;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes once that the service is ready, how long that took, and what to try; and which messages wait in vain. Waits on a thread of its own. */
final class ReadyLine {
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final Settings settings;
    private final Face face;
    private final ApplicationContext application;

    ReadyLine(Settings settings, Face face, ApplicationContext application) {
        this.settings = settings;
        this.face = face;
        this.application = application;
    }

    /** Starts the thread, which waits until the service is ready; it is a daemon. */
    void sayWhenReady() {
        BackgroundLoop.daemon("mooring-ready-line", this::await).start();
    }

    private void await() {
        Mooring mooring = application.getBean(Mooring.class);
        Schema schema = application.getBean(Schema.class);
        try {
            boolean ready = false;
            while (!ready) {
                ready = mooring.awaitCritical(LOOK_AGAIN);
            }
            face.say("schema", schema.news(), "");
            say();
            Stranded.tell(
                    application.getBean(JdbcClient.class),
                    application.getBeansOfType(Relay.class).values());
        } catch (InterruptedException neverHappens) {
            Thread.currentThread().interrupt();
        }
    }

    private void say() {
        long sinceStart = ManagementFactory.getRuntimeMXBean().getUptime();
        String service = ServiceUrl.of(settings, application);
        String management = ServiceUrl.ofManagement(settings).orElse(service);
        face.say(
                "ready",
                String.format(Locale.ROOT, "%s in %.1f s   try: curl %s/health", service, sinceStart / 1e3, management),
                openTo(settings));
        if (!management.equals(service)) {
            face.say("management", management + ServiceUrl.others(settings), "health, metrics and operations");
        }
    }

    /** What is open to callers without a key; empty where calls need one. */
    static String openTo(Settings settings) {
        if (settings.get(OperationsSettings.AUTH_ENABLED)) {
            return "";
        }
        return OperationsSettings.isReachableFromThisMachineOnly(settings)
                ? "keys are off: every call is allowed"
                : "keys are off: every machine that reaches this service may change models; operations need a key";
    }
}
