package dev.mooring.spring.body;

import tools.jackson.databind.JsonNode;

/** Words for a value of the wrong JSON type. They never repeat the value, which may be long. */
final class Expected {
    private Expected() {}

    /** For example: must be a text, but is a number. */
    static String insteadOf(String what, JsonNode sent) {
        return "must be " + what + ", but is " + typeOf(sent);
    }

    private static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case BINARY, MISSING, POJO -> "nothing that JSON knows";
        };
    }
}
