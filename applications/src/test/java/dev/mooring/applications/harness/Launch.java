package dev.mooring.applications.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.core.io.DefaultResourceLoader;

/** Starts an application as its own main method would, on the class path of its kind. */
final class Launch {
    /** What a process of an application prints when its start is over. */
    static final String STARTED = "the application has started";

    private Launch() {}

    static SpringApplication application(Kind kind, Variant variant) {
        SpringApplication application = new SpringApplication(
                new DefaultResourceLoader(new ApplicationClassPath(kind.features(), variant)), kind.application());
        application.setWebApplicationType(kind.webType());
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(Map.of("server.port", "0"));
        return application;
    }

    static String[] arguments(Kind kind, List<String> more) {
        List<String> arguments = new ArrayList<>(more);
        arguments.add("--spring.config.location=classpath:" + kind.beside("application.properties"));
        return arguments.toArray(String[]::new);
    }

    /** Runs a kind of application in a process of its own: the names of kind and variant, then properties. */
    public static void main(String[] words) {
        Kind kind = Kind.valueOf(words[0]);
        application(kind, Variant.valueOf(words[1]))
                .run(arguments(kind, List.of(words).subList(2, words.length)));
        System.out.println(STARTED);
    }
}
