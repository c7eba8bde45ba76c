package dev.mooring.spring.supervision;

import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Runs work whose new threads belong to the application. A thread inherits the context class loader of the one that made it, which is Tomcat's
 * while Tomcat makes the filters. When a start fails there, Tomcat reports all threads with its loader as leaks, before Spring ends them.
 */
final class ApplicationLoader {
    private ApplicationLoader() {}

    /** Runs {@code work} with the class loader of the application as context class loader of this thread. */
    static <T> T run(ConfigurableBeanFactory beans, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassUtils.overrideThreadContextClassLoader(beans.getBeanClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
