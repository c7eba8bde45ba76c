package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.KeepAlive;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * A socket to the server that another thread can close. It keeps the connect limit to the millisecond, where the driver knows only whole
 * seconds, and sets the times of TCP keepalive, which the driver does not.
 */
final class TrackedSocket extends Socket {
    private final SocketPlan plan;

    TrackedSocket(SocketPlan plan) {
        this.plan = plan;
    }

    /** Ignores the driver's own timeout: the plan shares the limit between the hosts, so that each of them gets a chance. */
    @Override
    public void connect(SocketAddress endpoint, int driversTimeout) throws IOException {
        plan.sockets().add(plan.request().purpose(), this);
        plan.request().socketMade().accept(this);
        super.connect(endpoint, Math.max(1, (int) plan.connectTimeout().toMillis()));
        keepAlive(plan.keepAlive());
        plan.request().connected().run();
    }

    private void keepAlive(KeepAlive wanted) throws IOException {
        setKeepAlive(true);
        set(ExtendedSocketOptions.TCP_KEEPIDLE, seconds(wanted.idle()));
        set(ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds(wanted.interval()));
        set(ExtendedSocketOptions.TCP_KEEPCOUNT, wanted.count());
    }

    /** Sets an option if this system has it. */
    private void set(SocketOption<Integer> option, int value) throws IOException {
        if (supportedOptions().contains(option)) {
            setOption(option, value);
        }
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    @Override
    public synchronized void close() throws IOException {
        plan.sockets().remove(this);
        super.close();
    }
}
