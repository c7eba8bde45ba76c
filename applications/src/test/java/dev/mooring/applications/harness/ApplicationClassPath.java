package dev.mooring.applications.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.SmartClassLoader;

/**
 * What one application sees of the class path that all applications of this module share. Boot finds a module, and our starter, by its files
 * below {@code META-INF/spring}. This class loader hides those files of each module that the application does not name, and of the starter
 * where the application goes without. It also finds no class of the hidden modules' packages, so that conditions on classes do not match.
 * All classes come from the parent, so that each of them is loaded once. Thread-safe.
 */
final class ApplicationClassPath extends ClassLoader implements SmartClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String FILES = "META-INF/spring";
    private static final Pattern JAR = Pattern.compile("/([a-z-]+)-\\d[^/]*\\.jar!");
    private static final String OURS = "dev.mooring.spring.";

    private final Set<String> hiddenModules;
    private final List<String> hiddenPackages;
    private final boolean withStarter;

    ApplicationClassPath(Set<Feature> features, Variant variant) {
        super(ApplicationClassPath.class.getClassLoader());
        hiddenModules = absent(features).flatMap(one -> one.modules().stream()).collect(Collectors.toSet());
        hiddenPackages = absent(features)
                .flatMap(one -> one.packages().stream())
                .filter(prefix -> features.stream().noneMatch(one -> within(prefix, one)))
                .toList();
        withStarter = variant == Variant.WITH;
    }

    private static Stream<Feature> absent(Set<Feature> features) {
        return Stream.of(Feature.values()).filter(one -> !features.contains(one));
    }

    private static boolean within(String prefix, Feature present) {
        return present.packages().stream().anyMatch(shown -> shown.startsWith(prefix));
    }

    @Override
    public ClassLoader getOriginalClassLoader() {
        return getParent();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (hiddenPackages.stream().anyMatch(name::startsWith)) {
            throw new ClassNotFoundException(name + " is not on the class path of this application");
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Enumeration<URL> all = super.getResources(name);
        return name.startsWith(FILES)
                ? Collections.enumeration(
                        Collections.list(all).stream().filter(this::shows).toList())
                : all;
    }

    private boolean shows(URL file) {
        Matcher jar = JAR.matcher(file.toString());
        boolean hidden = jar.find() && hiddenModules.contains(jar.group(1));
        return !hidden && (withStarter || !text(file).contains(OURS));
    }

    private static String text(URL file) {
        try (InputStream bytes = file.openStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
