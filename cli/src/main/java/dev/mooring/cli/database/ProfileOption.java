package dev.mooring.cli.database;

import dev.mooring.profiles.Profile;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The option {@code --profile} of the commands that know the database of a system. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            converter = Named.class,
            completionCandidates = Systems.class,
            description = "registry, flow or glucolens (PROFILE, default: registry).")
    private @Nullable Profile profile;

    private static final class Named implements ITypeConverter<Profile> {
        @Override
        public Profile convert(String name) {
            return Systems.named(name);
        }
    }

    /** The system that the option names, else the environment. */
    Profile profile(Map<String, String> environment) {
        return profile == null ? Systems.of(environment) : profile;
    }
}
