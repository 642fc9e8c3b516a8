package libworkflow;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonNull;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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
    private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private Values() {}

    static String json(Object value) {
        return GSON.toJson(element(value, 0));
    }

    private static WorkflowException misuse(String words) {
        return new WorkflowException(WorkflowException.Code.MISUSE, words);
    }

    private static JsonObject tagged(String tag, String text) {
        JsonObject object = new JsonObject();
        object.addProperty(tag, text);
        return object;
    }

    private static JsonElement element(Object value, int depth) {
        if (depth > DEPTH_MAX) {
            throw new WorkflowException(WorkflowException.Code.LIMIT, "the data is nested too deeply");
        }
        if (value == null) return JsonNull.INSTANCE;
        if (value instanceof Actor actor) return element(actor.value(), depth);
        if (value instanceof Path path) return new JsonPrimitive(path.toString());
        if (value instanceof String text) return new JsonPrimitive(text);
        if (value instanceof Boolean flag) return new JsonPrimitive(flag);
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return new JsonPrimitive(((Number) value).longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) throw misuse("the number " + number + " is no data");
            return new JsonPrimitive(number);
        }
        if (value instanceof Instant instant) {
            return tagged(INSTANT, instant.truncatedTo(ChronoUnit.MILLIS).toString());
        }
        if (value instanceof OffsetDateTime time) return element(time.toInstant(), depth);
        if (value instanceof ZonedDateTime time) return element(time.toInstant(), depth);
        if (value instanceof LocalDate date) return tagged(DATE, date.toString());
        if (value instanceof Iterable<?> items) {
            JsonArray array = new JsonArray();
            for (Object item : items) array.add(element(item, depth + 1));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(entry.getKey() instanceof String name)) throw misuse("the keys of a map must be strings");
                object.add(name, element(entry.getValue(), depth + 1));
            }
            return object;
        }
        throw misuse("a value of " + value.getClass().getName() + " is no data: give null, Boolean, Long, Double, "
                + "String, LocalDate, Instant, List or Map");
    }

    static Object value(String json) {
        return value(JsonParser.parseString(json));
    }

    private static Object value(JsonElement element) {
        if (element.isJsonNull()) return null;
        if (element instanceof JsonPrimitive primitive) {
            if (primitive.isBoolean()) return primitive.getAsBoolean();
            if (primitive.isString()) return primitive.getAsString();
            BigDecimal number = primitive.getAsBigDecimal();
            String written = primitive.getAsString();
            boolean isWhole = written.chars().allMatch(c -> c == '-' || Character.isDigit(c));
            if (isWhole) return number.longValueExact();
            return number.doubleValue();
        }
        if (element instanceof JsonArray array) {
            List<Object> list = new ArrayList<>(array.size());
            for (JsonElement item : array) list.add(value(item));
            return list;
        }
        JsonObject object = element.getAsJsonObject();
        if (object.size() == 1) {
            if (object.has(INSTANT)) return OffsetDateTime.parse(object.get(INSTANT).getAsString()).toInstant();
            if (object.has(DATE)) return LocalDate.parse(object.get(DATE).getAsString());
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            map.put(member.getKey(), value(member.getValue()));
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
