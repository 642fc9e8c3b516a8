package libworkflow;

import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a procedure will do, before it is decreed.
 *
 * @param json the bytes that every language gets: the same arguments, the same text
 * @param figures the same as maps and lists
 */
public record Simulation(String json, Map<String, Object> figures) {
    /**
     * A procedure of a folder under a scenario.
     *
     * @param folder of procedures and calendars
     * @param procedure its id
     * @param file of the scenario; null: {@code simulation.yaml} beside the procedure
     */
    public record Scenario(Path folder, String procedure, Path file) {
        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("folder", folder);
            values.put("procedure", procedure);
            values.put("scenario", file);
            return values;
        }
    }

    private interface Call {
        int call(byte[] arguments, PointerByReference answer);
    }

    private static Simulation answered(Call call, Map<String, Object> arguments) {
        PointerByReference answer = new PointerByReference();
        int code = call.call(NativeLibrary.utf8(Values.json(arguments)), answer);
        String text = NativeLibrary.taken(answer);
        return new Simulation(text, Values.record(NativeLibrary.valueOf(code, text)));
    }

    /**
     * Simulates a procedure of a folder by its {@code simulation.yaml}. {@code more} may have scenario, dossiers,
     * until, warm_up, replications, seed, threads, allow_overload.
     */
    public static Simulation run(Path folder, String procedure, With more) {
        Map<String, Object> arguments = new LinkedHashMap<>(more.values());
        arguments.put("folder", folder);
        arguments.put("procedure", procedure);
        return answered(NativeLibrary::workflow_simulate, arguments);
    }

    /**
     * Simulates both with the same random numbers, so that what differs comes of the rules: before, after,
     * differences. {@code more} as in {@link #run}, without scenario.
     */
    public static Simulation compare(Scenario before, Scenario after, With more) {
        Map<String, Object> arguments = new LinkedHashMap<>(more.values());
        arguments.put("before", before.values());
        arguments.put("after", after.values());
        return answered(NativeLibrary::workflow_compare_simulations, arguments);
    }

    /**
     * Makes a scenario from an event log, XES or CSV: scenario (YAML), cases, events, mapped, begins_are_known, fits,
     * unmapped. {@code more} may have map: YAML that says which activity is which state and action.
     */
    public static Simulation calibrate(Path folder, String procedure, Path log, With more) {
        Map<String, Object> arguments = new LinkedHashMap<>(more.values());
        arguments.put("folder", folder);
        arguments.put("procedure", procedure);
        arguments.put("log", log);
        return answered(NativeLibrary::workflow_calibrate, arguments);
    }
}
