package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.KeepAlive;
import java.time.Duration;

/**
 * How the sockets of one log-in are made.
 *
 * @param connectTimeout the limit for one host
 */
record SocketPlan(OpenRequest request, Duration connectTimeout, KeepAlive keepAlive, Sockets sockets) {}
