package dev.mooring.cli.database;

import dev.mooring.profiles.Profile;
import dev.mooring.registry.service.RegistryProfile;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The systems whose database the commands know; as candidates of an option: their names. */
final class Systems implements Iterable<String> {
    private static final List<Profile> ALL = List.of(RegistryProfile.REGISTRY, Profile.FLOW, Profile.GLUCOLENS);

    static Profile named(String name) {
        return find(name)
                .orElseThrow(() -> new TypeConversionException("expected "
                        + ALL.stream().map(Profile::name).collect(Collectors.joining(" or ")) + " but was '" + name
                        + "'"));
    }

    /** The system that PROFILE names; the registry where it names none. */
    static Profile of(Map<String, String> environment) {
        return find(environment.getOrDefault("PROFILE", "").strip()).orElse(RegistryProfile.REGISTRY);
    }

    private static Optional<Profile> find(String name) {
        return ALL.stream().filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
    }

    @Override
    public Iterator<String> iterator() {
        return ALL.stream().map(Profile::name).iterator();
    }
}
