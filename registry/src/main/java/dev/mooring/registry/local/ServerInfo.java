package dev.mooring.registry.local;

import java.util.Map;

/** The answer to clients that ask what the server can do. */
final class ServerInfo {
    static final Map<String, Object> ANSWER = Map.of("workspaces_enabled", false);

    private ServerInfo() {}
}
