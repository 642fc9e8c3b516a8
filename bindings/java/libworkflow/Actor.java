package libworkflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who acts. The host has authenticated him; the engine decides what he may do.
 *
 * @param id his id
 * @param roles the roles that he has
 * @param units the units that he belongs to
 * @param actingFor on whose behalf; null: his own
 */
public record Actor(String id, List<String> roles, List<String> units, String actingFor) {
    /** Copies the lists. */
    public Actor {
        roles = List.copyOf(roles);
        units = List.copyOf(units);
    }

    /** Somebody with these roles, of no unit. */
    public static Actor of(String id, String... roles) {
        return new Actor(id, List.of(roles), List.of(), null);
    }

    Map<String, Object> value() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", id);
        value.put("roles", roles);
        value.put("units", units);
        value.put("acting_for", actingFor);
        return value;
    }
}
