package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The interactive page of a word map: a template with the words put in. */
final class MapPage {
    private static final String PLACE = "/*DATA*/";

    private MapPage() {}

    static void write(WordMap map, Path file) throws IOException {
        String template;
        try (InputStream in = Objects.requireNonNull(MapPage.class.getResourceAsStream("map.html"), "map.html")) {
            template = new String(in.readAllBytes(), UTF_8);
        }
        ByteBuffer page = ByteBuffer.wrap(template.replace(PLACE, data(map)).getBytes(UTF_8));
        AtomicFile.write(file, channel -> {
            while (page.hasRemaining()) {
                channel.write(page);
            }
        });
    }

    /** The words, places and neighbours as JSON that may stand in a script: a word cannot end it. */
    private static String data(WordMap map) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            for (int i = 0; i < map.size(); i++) {
                json.writeStartArray();
                json.writeString(map.word(i));
                json.writeRawValue(rounded(map.x(i)));
                json.writeRawValue(rounded(map.y(i)));
                for (int row : map.neighbourRows(i)) {
                    json.writeNumber(row);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        return text.toString().replace("<", "\\u003c");
    }

    private static String rounded(double place) {
        return Double.toString(Math.round(place * 1e4) / 1e4);
    }
}
