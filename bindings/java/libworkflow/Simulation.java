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
     * Simulates a procedure of a folder by its {@code simulation.yaml}. {@code more} may have scenario, dossiers,
     * until, warm_up, replications, seed, threads, allow_overload.
     */
    public static Simulation run(Path folder, String procedure, With more) {
        Map<String, Object> arguments = new LinkedHashMap<>(more.values());
        arguments.put("folder", folder);
        arguments.put("procedure", procedure);
        PointerByReference answer = new PointerByReference();
        int code = NativeLibrary.workflow_simulate(NativeLibrary.utf8(Values.json(arguments)), answer);
        String text = NativeLibrary.taken(answer);
        Map<String, Object> said = Values.record(Values.value(text));
        if (code != NativeLibrary.OK) {
            throw new WorkflowException(WorkflowException.Code.of(code), (String) said.get("message"));
        }
        return new Simulation(text, said);
    }
}
