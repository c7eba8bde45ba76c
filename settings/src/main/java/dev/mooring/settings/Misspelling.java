package dev.mooring.settings;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds variables that were meant for a setting and do nothing. Their name is one letter off the name of a setting that is not set: a letter
 * too many, missing, wrong, or swapped with its neighbour. Or they name a file for a setting that is no secret. Settings with a name shorter
 * than nine characters do not count: there one letter makes another word.
 */
final class Misspelling {
    private static final int SHORTEST = 9;
    private static final String FILE = "_FILE";

    private Misspelling() {}

    static List<String> warnings(Collection<String> variables, List<Setting<?>> settings) {
        Set<String> known = settings.stream().flatMap(Misspelling::names).collect(Collectors.toSet());
        Set<String> missing = new HashSet<>(known);
        missing.removeAll(variables);
        return variables.stream()
                .filter(variable -> !known.contains(variable) && variable.indexOf('_') >= 0)
                .sorted()
                .flatMap(variable -> Stream.concat(fileOfNoSecret(variable, known), oneLetterOff(variable, missing))
                        .map(advice -> variable + " is not a setting and does nothing; " + advice)
                        .limit(1))
                .toList();
    }

    private static Stream<String> fileOfNoSecret(String variable, Set<String> known) {
        return Stream.of(variable)
                .filter(name -> name.endsWith(FILE))
                .map(name -> name.substring(0, name.length() - FILE.length()))
                .filter(name -> name.length() >= SHORTEST && known.contains(name))
                .map(name -> "only a secret, such as a password, can be in a file; set " + name + " itself");
    }

    private static Stream<String> oneLetterOff(String variable, Set<String> missing) {
        return missing.stream()
                .filter(name -> name.length() >= SHORTEST && isOneLetterOff(variable, name))
                .sorted()
                .map(name -> "did you mean " + name + "?");
    }

    private static Stream<String> names(Setting<?> setting) {
        Stream<SettingName> all = Stream.concat(Stream.of(setting.name()), setting.aliases().stream());
        return (setting.isSecret() ? Stream.concat(all, Stream.of(setting.name().file())) : all)
                .map(SettingName::variable);
    }

    static boolean isOneLetterOff(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1 || one.equals(other)) {
            return false;
        }
        int same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        String left = one.substring(same);
        String right = other.substring(same);
        if (left.length() != right.length()) {
            return left.length() > right.length()
                    ? left.substring(1).equals(right)
                    : right.substring(1).equals(left);
        }
        boolean swapped = left.length() > 1
                && left.charAt(0) == right.charAt(1)
                && left.charAt(1) == right.charAt(0)
                && left.substring(2).equals(right.substring(2));
        return swapped || left.substring(1).equals(right.substring(1));
    }
}
