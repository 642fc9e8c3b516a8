import java.nio.file.Path;
import java.util.Map;
import libworkflow.Actor;
import libworkflow.Engine;
import libworkflow.With;

/**
 * The same steps as speed.cpp from Java. usage: Speed PROCEDURES PERMIT STORE STEPS.
 *
 * <p>As in a server that has been up for a while: the machine's compiler has seen the calls before, in memory.
 */
final class Speed {
    private Speed() {}

    private static final int SEEN_BEFORE = 100_000;

    public static void main(String[] words) {
        int steps = Integer.parseInt(words[3]);
        if (steps > 1_000) seconds(words, "memory", SEEN_BEFORE);
        System.out.println(seconds(words, words[2], steps));
    }

    private static double seconds(String[] words, String store, int steps) {
        Actor officer = Actor.of("binh", "officer");
        try (Engine engine = new Engine(store)) {
            engine.registerFolder(Path.of(words[0]));
            engine.registerProcedure(With.the("file", Path.of(words[1])));
            engine.start("permit", "A", Actor.of("an", "clerk"), Map.of("applicant", "A"));
            for (int i = 0; i < steps / 10 / 2 * 2; ++i) step(engine, officer, i);
            long begin = System.nanoTime();
            for (int i = 0; i < steps; ++i) step(engine, officer, i);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static void step(Engine engine, Actor officer, int i) {
        if (i % 2 == 0) engine.claim("permit/A", 1, officer);
        else engine.release("permit/A", 1, officer);
    }
}
