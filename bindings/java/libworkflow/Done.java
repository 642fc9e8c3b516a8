package libworkflow;

import java.util.List;
import java.util.Map;

/**
 * A step that was taken, now or by the same request before.
 *
 * @param instance the instance's id
 * @param revision at which it is now
 * @param repeated nothing was changed: it had been done before
 * @param records what happened: kind, at, token, state, subject, outcome, value
 */
public record Done(String instance, long revision, boolean repeated, List<Map<String, Object>> records) {
    static Done of(Object answer) {
        Map<String, Object> of = Values.record(answer);
        return new Done(
                (String) of.get("instance"),
                (Long) of.get("revision"),
                (Boolean) of.get("repeated"),
                Values.records(of.get("records")));
    }
}
