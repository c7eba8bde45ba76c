package dev.mooring.spring.body;

import dev.mooring.spring.request.RequestMemory;

/** How many parts a JSON text has at most, found without building them: {@code [[],[],[]]} of 1 MB becomes a tree of 20 MB. */
public final class JsonSize {
    /** An object with one member, which is the part that needs most, has four. */
    private static final long BYTES_OF_A_PART = 80;

    private JsonSize() {}

    /** The number of names, values and brackets; a text that is no JSON has any number. */
    public static int parts(byte[] json) {
        int parts = 1;
        boolean inText = false;
        for (int i = 0; i < json.length; i++) {
            byte one = json[i];
            if (inText) {
                if (one == '\\') {
                    i++;
                } else if (one == '"') {
                    inText = false;
                }
            } else if (one == '"') {
                inText = true;
            } else if (one == ',' || one == ':' || one == '{' || one == '[' || one == '}' || one == ']') {
                parts++;
            }
        }
        return parts;
    }

    /**
     * Takes the memory for a tree of this many parts.
     *
     * @throws dev.mooring.spring.problem.ProblemException there is no room for it now (503)
     */
    public static void takeMemory(int parts) {
        RequestMemory.take(parts * BYTES_OF_A_PART);
    }
}
