package libworkflow;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Java's values as the library's JSON and back: instants and dates keep their kind. */
final class Values {
    private static final String INSTANT = "$instant";
    private static final String DATE = "$date";
    private static final int DEPTH_MAX = 64;
    private static final int SIZE_USUAL = 256;
    private static final int UTC_SECONDS = "2026-06-01T09:00:00+00:00".length();

    private Values() {}

    static String json(Object value) {
        StringWriter text = new StringWriter(SIZE_USUAL);
        JsonWriter writer = new JsonWriter(text);
        writer.setSerializeNulls(true);
        try {
            write(writer, value, 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static WorkflowException misuse(String words) {
        return new WorkflowException(WorkflowException.Code.MISUSE, words);
    }

    private static void writeTagged(JsonWriter writer, String tag, String text) throws IOException {
        writer.beginObject().name(tag).value(text).endObject();
    }

    private static void write(JsonWriter writer, Object value, int depth) throws IOException {
        if (depth > DEPTH_MAX) {
            throw new WorkflowException(WorkflowException.Code.LIMIT, "the data is nested too deeply");
        }
        if (value == null) {
            writer.nullValue();
        } else if (value instanceof String text) {
            writer.value(text);
        } else if (value instanceof Actor actor) {
            write(writer, actor.value(), depth);
        } else if (value instanceof Path path) {
            writer.value(path.toString());
        } else if (value instanceof Boolean flag) {
            writer.value(flag);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            writer.value(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) throw misuse("the number " + number + " is no data");
            writer.value(number);
        } else if (value instanceof Instant instant) {
            writeTagged(writer, INSTANT, instant.truncatedTo(ChronoUnit.MILLIS).toString());
        } else if (value instanceof OffsetDateTime time) {
            write(writer, time.toInstant(), depth);
        } else if (value instanceof ZonedDateTime time) {
            write(writer, time.toInstant(), depth);
        } else if (value instanceof LocalDate date) {
            writeTagged(writer, DATE, date.toString());
        } else if (value instanceof Iterable<?> items) {
            writer.beginArray();
            for (Object item : items) write(writer, item, depth + 1);
            writer.endArray();
        } else if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String name)) throw misuse("the keys of a map must be strings");
                writer.name(name);
                write(writer, entry.getValue(), depth + 1);
            }
            writer.endObject();
        } else {
            throw misuse("a value of " + value.getClass().getName() + " is no data: give null, Boolean, Long, Double, "
                    + "String, LocalDate, Instant, List or Map");
        }
    }

    static Object value(String json) {
        try {
            return read(new JsonReader(new StringReader(json)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Object read(JsonReader reader) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                return readObject(reader);
            case BEGIN_ARRAY:
                List<Object> list = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) list.add(read(reader));
                reader.endArray();
                return list;
            case STRING:
                return reader.nextString();
            case NUMBER:
                return number(reader.nextString());
            case BOOLEAN:
                return reader.nextBoolean();
            default:
                reader.nextNull();
                return null;
        }
    }

    private static Object number(String written) {
        boolean isWhole = written.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        if (isWhole) return Long.valueOf(written);
        return Double.valueOf(written);
    }

    private static int number(String written, int from, int to) {
        return Integer.parseInt(written, from, to, 10);
    }

    /** As the library writes it, 2026-06-01T09:00:00.250+00:00: a formatter takes ten times as long. */
    private static Instant instant(String written) {
        if (!written.endsWith("+00:00") || written.length() < UTC_SECONDS) return OffsetDateTime.parse(written).toInstant();
        int milliseconds = written.length() == UTC_SECONDS ? 0 : number(written, 20, 23);
        return LocalDateTime.of(
                        number(written, 0, 4), number(written, 5, 7), number(written, 8, 10),
                        number(written, 11, 13), number(written, 14, 16), number(written, 17, 19),
                        milliseconds * 1_000_000)
                .toInstant(ZoneOffset.UTC);
    }

    private static Object readObject(JsonReader reader) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) map.put(reader.nextName(), read(reader));
        reader.endObject();
        if (map.size() == 1) {
            if (map.get(INSTANT) instanceof String written) return instant(written);
            if (map.get(DATE) instanceof String written) return LocalDate.parse(written);
        }
        return map;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> record(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> records(Object value) {
        return (List<Map<String, Object>>) value;
    }
}
