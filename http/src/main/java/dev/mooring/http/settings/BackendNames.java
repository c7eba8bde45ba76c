package dev.mooring.http.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * What differs between the settings of one backend and of another.
 *
 * @param name the dependency
 * @param prefix the beginning of their names
 * @param address the property of the address
 * @param login the beginning of the names of token, username and password; empty where the settings have none
 * @param timeout the default of the longest wait for an answer
 */
record BackendNames(String name, String prefix, String address, Optional<String> login, Duration timeout) {}
