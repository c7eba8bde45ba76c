package dev.mooring.spring.supervision;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.event.MooringListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The supervision of the application from its first bean on. It begins without any dependency. A data source is supervised before any
 * bean can use it; the bean {@code Mooring}, which may need beans that need the data source, comes later and adds the rest. Thread-safe.
 *
 * <p>A {@code Mooring} of the application takes its place. While Spring is still creating that bean, dependencies wait for it.
 */
public final class Supervision implements SmartInitializingSingleton, AutoCloseable {
    /** The name of the bean. Spring destroys it after every bean that {@code registerDependentBean} makes depend on it. */
    public static final String BEAN = "mooringSupervision";

    private final EarlyEvents early = new EarlyEvents();
    private final Supplier<Mooring> mooring;
    private final Runnable end;

    /** What supervises, once it was asked for. Volatile: each thread that makes beans may write and read it. */
    private volatile @Nullable Mooring present;

    /** What the application's {@code Mooring} has to supervise as soon as it is there. */
    private final Queue<Dependency> waiting = new ConcurrentLinkedQueue<>();

    private Supervision(ObjectProvider<Mooring> ofTheApplication) {
        this.mooring = ofTheApplication::getObject;
        this.end = () -> {};
    }

    private Supervision() {
        Mooring own = Mooring.supervise(List.of(), List.of(early));
        this.mooring = () -> own;
        this.end = own::close;
    }

    /** Supervision that belongs to the starter. */
    static Supervision begin() {
        return new Supervision();
    }

    /** Supervision by the {@code Mooring} of the application. */
    static Supervision by(ObjectProvider<Mooring> ofTheApplication) {
        return new Supervision(ofTheApplication);
    }

    /** Supervises {@code dependency} from now on, if nothing does yet. */
    public void add(Dependency dependency) {
        try {
            add(present(), dependency);
        } catch (BeansException failed) {
            if (!failed.contains(BeanCurrentlyInCreationException.class)) {
                throw failed;
            }
            waiting.add(dependency);
        }
    }

    /** Ends the supervision of {@code dependency}, before what it stands for closes. */
    public void remove(Dependency dependency) {
        Mooring supervising = present;
        if (!waiting.remove(dependency) && supervising != null) {
            supervising.remove(dependency);
        }
    }

    /** The own {@code Mooring}, with all of these dependencies and listeners. */
    Mooring complete(List<Dependency> dependencies, List<MooringListener> listeners) {
        Mooring own = present();
        listeners.forEach(listener -> own.addListener(early.then(listener)));
        dependencies.forEach(dependency -> add(own, dependency));
        return own;
    }

    private Mooring present() {
        Mooring known = present;
        if (known == null) {
            known = mooring.get();
            present = known;
        }
        return known;
    }

    private static void add(Mooring mooring, Dependency dependency) {
        if (mooring.dependencies().stream().noneMatch(dependency::equals)) {
            mooring.add(dependency);
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (Dependency next = waiting.poll(); next != null; next = waiting.poll()) {
            add(present(), next);
        }
    }

    /** Ends the starter's own supervision. */
    @Override
    public void close() {
        end.run();
    }
}
