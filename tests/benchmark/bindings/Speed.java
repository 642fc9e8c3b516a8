import java.nio.file.Path;
import java.util.Map;
import libworkflow.Actor;
import libworkflow.Engine;
import libworkflow.With;

/** The same steps as speed.cpp from Java. usage: Speed PROCEDURES PERMIT STORE STEPS. */
final class Speed {
    private Speed() {}

    public static void main(String[] words) {
        Actor officer = Actor.of("binh", "officer");
        int steps = Integer.parseInt(words[3]);
        try (Engine engine = new Engine(words[2])) {
            engine.registerFolder(Path.of(words[0]));
            engine.registerProcedure(With.the("file", Path.of(words[1])));
            engine.start("permit", "A", Actor.of("an", "clerk"), Map.of("applicant", "A"));
            for (int i = 0; i < steps / 10 / 2 * 2; ++i) step(engine, officer, i);
            long begin = System.nanoTime();
            for (int i = 0; i < steps; ++i) step(engine, officer, i);
            System.out.println((System.nanoTime() - begin) / 1e9);
        }
    }

    private static void step(Engine engine, Actor officer, int i) {
        if (i % 2 == 0) engine.claim("permit/A", 1, officer);
        else engine.release("permit/A", 1, officer);
    }
}
