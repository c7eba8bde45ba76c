package dev.mooring.diagnosis;

import java.util.Optional;

/**
 * Where the connections to a dependency go to, as the fields of log lines tell it. It is public: it holds no secret.
 *
 * @param host the name or address of the host; several are joined by commas
 * @param port the port, of the first one where there are several
 * @param database the name of the database, where the server has several
 */
public record Place(String host, int port, Optional<String> database) {}
