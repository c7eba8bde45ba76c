package dev.mooring.registry.api;

import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Ends each JSON answer with a line end: at a terminal the next prompt then begins on a line of its own. */
final class JsonLine extends JacksonJsonHttpMessageConverter {
    JsonLine(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeSuffix(JsonGenerator generator, Object object) {
        generator.writeRaw('\n');
    }
}
