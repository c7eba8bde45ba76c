package dev.mooring.spring.body;

import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the body of a request. It has rules of its own, so the application's Jackson settings do not change what a body may be. */
final class JsonBody {
    /** Refuses a name that occurs twice in an object, because parsers disagree which of the two counts. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Finds out whether names that occur twice are the only mistake. */
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** How the parser names such a word. */
    private static final Pattern NOT_FINITE = Pattern.compile("'[+-]?(NaN|Infinity|INF)'|\\b(NaN|Infinity)\\b");

    /** Ten times what the largest request that a call takes has. */
    private static final int MOST_PARTS = 50_000;

    private JsonBody() {}

    /** The object that the body holds. Ends the request if the body is not JSON (400) or not an object (422). */
    static JsonNode object(byte @Nullable [] body) {
        JsonNode node = parsed(body == null ? new byte[0] : body);
        if (node.isMissingNode()) {
            throw malformed("the body is empty; expected a JSON object");
        }
        if (!node.isObject()) {
            Mistakes mistakes = new Mistakes();
            mistakes.add("body", Expected.insteadOf("an object", node));
            mistakes.refuseIfAny();
        }
        return node;
    }

    private static JsonNode parsed(byte[] body) {
        BodyEncoding.check();
        if (!BodyEncoding.isUtf8(body)) {
            throw malformed("the body is not UTF-8; expected a JSON object in UTF-8");
        }
        int parts = JsonSize.parts(body);
        if (parts > MOST_PARTS) {
            throw malformed(
                    "the body has more than " + MOST_PARTS + " names, values and brackets; no call takes so many");
        }
        JsonSize.takeMemory(parts);
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw malformed(objectionTo(body, e) + place(e.getLocation()));
        }
    }

    /** In words of ours, because those of the parser are for those who know it. */
    private static String objectionTo(byte[] body, JacksonException mistake) {
        if (mistake instanceof UnexpectedEndOfInputException) {
            return "the body is not JSON: it ends too early";
        }
        if (mistake instanceof StreamConstraintsException) {
            return "the body is nested deeper, or has a longer number or name, than any call takes";
        }
        if (isJsonButForNames(body)) {
            return "the body is not good JSON: an object has the same name twice";
        }
        return isNotFinite(mistake)
                ? "the body is not JSON: NaN and Infinity are no JSON numbers, so leave the value out or send null;"
                : "the body is not JSON: names and texts have double quotes, and no comma stands before } or ]; unexpected is what stands";
    }

    private static boolean isJsonButForNames(byte[] body) {
        try {
            return LENIENT.readTree(body) != null;
        } catch (JacksonException worse) {
            return false;
        }
    }

    /** Python and JavaScript write these words for numbers that JSON does not have. */
    private static boolean isNotFinite(JacksonException mistake) {
        return NOT_FINITE.matcher(String.valueOf(mistake.getOriginalMessage())).find();
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.of(400, "malformed_json", detail));
    }

    private static String place(@Nullable TokenStreamLocation at) {
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
