package dev.mooring.registry.service;

import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.embedded.EmbeddedPostgresException;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.LogFormat;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.health.ServiceIdentity;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** The service, from the command to the exit code. */
public final class RegistryService {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryService.class);
    /** Spring would read forms and multipart bodies before the gateway can stream them; no call of this service has such a body. */
    private static final Map<String, Object> BODIES_UNTOUCHED =
            Map.of("spring.mvc.formcontent.filter.enabled", "false", "spring.servlet.multipart.enabled", "false");

    private final Map<String, String> variables;
    private final Settings settings;
    private final StopRequest stop;
    private final PrintWriter err;
    private final boolean onTerminal;
    private final Face face;
    /** Whether Spring has set the format of the log. The main thread alone uses it. */
    private boolean logIsSet;

    private RegistryService(Map<String, String> variables, Settings settings, StopRequest stop, PrintWriter err) {
        this.variables = variables;
        this.settings = settings;
        this.stop = stop;
        this.err = err;
        this.onTerminal = settings.get(ServiceSettings.LOG_FORMAT) == LogFormat.CONSOLE;
        this.face = onTerminal ? Face.terminal(err) : Face.log();
    }

    /**
     * Serves until a signal asks to stop (TERM, INT, HUP), on the database that the environment names or else on the embedded one.
     * Call it once, on the main thread: it sets properties of the whole JVM and its handler of uncaught exceptions, and waits.
     *
     * @param variables the environment variables
     * @param err takes one line for each mistake that prevents the start and, on a terminal, the progress of the start
     * @return the exit code: 0 after a clean stop, 2 for a bad configuration, 1 for anything else; a process whose memory is full ends with 3
     */
    public static int serve(Map<String, String> variables, PrintWriter err) throws InterruptedException {
        EndWithoutMemory.always();
        NameLookups.keepShort();
        KeepAlive.keepShort();
        StopRequest stop = StopRequest.bySignal();
        Settings settings = ServiceConfiguration.read(variables, RegistrySettings.CATALOG);
        try {
            check(settings, err);
            Optional<StartFailure> refusal = Ports.refusal(settings);
            if (refusal.isPresent()) {
                return told(refusal.get(), err);
            }
            RegistryService service = new RegistryService(variables, settings, stop, err);
            int exitCode = service.serve();
            stop.asked().ifPresent(service::sayStopped);
            return exitCode;
        } catch (InvalidSettingsException | EmbeddedPostgresException mistakes) {
            String.valueOf(mistakes.getMessage()).lines().forEach(line -> err.println("mooring: " + line));
            return ExitCode.MISCONFIGURED;
        }
    }

    /** A misspelt name is often the reason why another setting is missing, so its warning stands beside the mistakes. */
    private static void check(Settings settings, PrintWriter err) {
        try {
            settings.check();
        } catch (InvalidSettingsException mistakes) {
            settings.warnings().forEach(warning -> err.println("mooring: warning: " + warning));
            throw mistakes;
        }
    }

    private int serve() throws InterruptedException {
        if (stop.isRequested()) {
            return ExitCode.DONE;
        }
        if (!RegistrySettings.usesEmbeddedDatabase(settings)) {
            String where = DatabaseSettings.DATABASE.address(settings) + "/"
                    + settings.get(DatabaseSettings.DATABASE.name()) + " as "
                    + settings.get(DatabaseSettings.DATABASE.user());
            return run(application(), ServiceEnvironment.of(variables), new Database(where, ""));
        }
        Optional<String> hint = OtherHome.hint(settings.get(RegistrySettings.HOME));
        // Closes last, because requests in flight need their database.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.open(
                RegistrySettings.HOME.toString(),
                settings.get(RegistrySettings.HOME),
                settings.get(DatabaseSettings.DATABASE.name()))) {
            SpringApplication application = application();
            application.addInitializers(context -> register(context, "embedded", postgres));
            postgres.start();
            Database database = new Database(
                    postgres.toString(),
                    hint.map(word -> word + "; ").orElse("") + "set DATABASE_HOST to use a server of your own");
            return run(application, ServiceEnvironment.of(variables, settings, postgres), database);
        }
    }

    private static void register(ConfigurableApplicationContext context, String name, Object bean) {
        context.getBeanFactory().registerSingleton(name, bean);
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(RegistryApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(BODIES_UNTOUCHED);
        // This class stops the application, in its own order.
        application.setRegisterShutdownHook(false);
        return application;
    }

    /** A description of the database, for people. */
    private record Database(String what, String hint) {
        void introduce(Face face) {
            face.say("database", what, hint);
        }
    }

    private int run(SpringApplication application, ConfigurableEnvironment environment, Database database)
            throws InterruptedException {
        application.setEnvironment(environment);
        EndOfStart endOfStart = new EndOfStart(stop);
        application.addInitializers(context -> {
            register(context, "stop", stop);
            context.getBeanFactory().addBeanPostProcessor(endOfStart);
        });
        application.addListeners((ApplicationPreparedEvent prepared) -> {
            logIsSet = true;
            endOfStart.check();
        });
        // Spring runs its runners between these two events; one of them may wait for the database (STARTUP_WAIT).
        application.addListeners((ApplicationStartedEvent started) -> {
            introduce(database, started.getApplicationContext());
            stop.interruptFromNowOn();
        });
        application.addListeners((ApplicationReadyEvent ready) -> {
            stop.interruptNoMore();
            endOfStart.startIsOver();
        });
        if (onTerminal) {
            database.introduce(face);
        }
        try (ConfigurableApplicationContext context = application.run()) {
            ServiceEnvironment.withoutEffect(variables).forEach(LOG::warn);
            new ReadyLine(settings, face, context).sayWhenReady();
            stop.await();
            return ExitCode.DONE;
        } catch (RuntimeException failed) {
            if (stop.isRequested()) {
                return ExitCode.DONE;
            }
            return told(StartFailure.of(failed, settings), err);
        }
    }

    /** The web server listens now, and the service is live; it may wait long until it is ready. */
    private void introduce(Database database, ConfigurableApplicationContext context) {
        if (!onTerminal) {
            // Not earlier, because Spring has set the format of the log only now.
            database.introduce(face);
        }
        ServiceIdentity service = context.getBean(ServiceIdentity.class);
        face.say(
                "listening",
                ServiceUrl.of(settings, context) + ServiceUrl.others(settings) + "   " + service.name()
                        + service.version()
                                .map(version -> " version " + version)
                                .orElse("")
                        + " pid " + ProcessHandle.current().pid(),
                "");
    }

    private void sayStopped(StopRequest.Asked asked) {
        double seconds = (System.nanoTime() - asked.nanos()) / 1e9;
        Face told = logIsSet ? face : Face.terminal(err);
        told.say("stopped", String.format(Locale.ROOT, "in %.1f s (%s)", seconds, asked.signal()), "");
    }

    private static int told(StartFailure failure, PrintWriter err) {
        failure.lines().forEach(line -> err.println("mooring: " + line));
        return failure.exitCode();
    }
}
