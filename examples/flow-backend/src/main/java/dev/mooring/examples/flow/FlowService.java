package dev.mooring.examples.flow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** Runs one of the four services: the first argument, or else the variable {@code SERVICE}, names it. */
public final class FlowService {
    private static final int WRONG_USAGE = 2;

    private FlowService() {}

    /** Runs until a signal ends the process. */
    public static void main(String[] words) {
        String name = words.length > 0 ? words[0] : System.getenv().getOrDefault("SERVICE", "");
        Optional<Service> service = Service.named(name);
        if (service.isEmpty()) {
            System.err.println("flow-backend: \"" + name + "\" is no service; expected one of "
                    + Arrays.stream(Service.values()).map(Service::toString).collect(Collectors.joining(", "))
                    + " as the first argument or in SERVICE");
            System.exit(WRONG_USAGE);
            return;
        }
        application(service.get()).run(words.length > 1 ? Arrays.copyOfRange(words, 1, words.length) : new String[0]);
    }

    static SpringApplication application(Service service) {
        SpringApplication application = new SpringApplication(service.configuration());
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(service.properties());
        return application;
    }

    /** A name that a person typed, in the form in which services are named. */
    static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
