package libworkflow;

import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments of a call that may be left out, by their names: {@code With.the("request", "r1")}. */
public final class With {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private With() {}

    /** None of them. */
    public static With nothing() {
        return new With();
    }

    /** One of them. */
    public static With the(String name, Object value) {
        return nothing().and(name, value);
    }

    /** One more. */
    public With and(String name, Object value) {
        values.put(name, value);
        return this;
    }

    Map<String, Object> values() {
        return values;
    }
}
