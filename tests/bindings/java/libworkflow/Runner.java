package libworkflow;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Plays steps through the Java package: see c/runner.c for the lines. */
final class Runner {
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, (JsonSerializer<Instant>) (instant, type, context) -> new JsonPrimitive(
                    WRITTEN.format(instant.atOffset(ZoneOffset.UTC)) + fraction(instant) + "+00:00"))
            .registerTypeAdapter(
                    LocalDate.class,
                    (JsonSerializer<LocalDate>) (date, type, context) -> new JsonPrimitive(date.toString()))
            .create();

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final SetClock now = new SetClock(Instant.EPOCH);
    private Engine engine;
    private Outbox outbox;

    private static String fraction(Instant instant) {
        long milliseconds = instant.toEpochMilli() % 1000;
        return milliseconds == 0 ? "" : String.format(".%03d", milliseconds);
    }

    private void print(int code, Object answer) {
        out.println("answer\t" + code + "\t" + GSON.toJson(answer));
    }

    private void call(String name, String text) {
        try {
            if (engine == null) throw new WorkflowException(WorkflowException.Code.MISUSE, "not open");
            print(0, engine.call(name, Values.record(Values.value(text))));
        } catch (RefusedException refused) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("code", refused.reasonCode());
            said.put("reason", refused.getMessage());
            print(refused.code().number(), said);
        } catch (WorkflowException failed) {
            print(failed.code().number(), Map.of("message", failed.getMessage()));
        }
    }

    private Map<String, ?> planned(Queue<String> answers) throws Exception {
        String answer = answers.isEmpty() ? "fail no more answers" : answers.remove();
        if (answer.startsWith("fail ")) throw new IllegalStateException(answer.substring(5));
        Map<String, Object> parsed = Values.record(Values.value(answer));
        if (parsed.containsKey("error")) {
            throw new ServiceException((String) parsed.get("error"), (String) parsed.getOrDefault("text", ""));
        }
        return Values.record(parsed.get("result"));
    }

    private void play(String[] words) {
        switch (words[0]) {
            case "open" -> {
                engine = new Engine(words[1], words.length > 2 ? words[2] : null, now, null);
                print(0, null);
            }
            case "clock" -> now.set(Instant.ofEpochMilli(Long.parseLong(words[1])));
            case "call" -> call(words[1], words.length > 2 ? words[2] : "{}");
            case "outbox" -> {
                outbox = engine.outbox();
                outbox.notices(told -> out.println("notice\t" + GSON.toJson(told)));
                print(0, null);
            }
            case "service" -> {
                Queue<String> answers = new ArrayDeque<>(List.of(words).subList(2, words.length));
                outbox.service(words[1], request -> planned(answers));
                print(0, null);
            }
            case "deliver" -> out.println("delivered\t0\t" + outbox.deliver());
            case "crash" -> Runtime.getRuntime().halt(134);
            default -> System.exit(2);
        }
    }

    /** Reads the lines. */
    public static void main(String[] arguments) throws Exception {
        Runner runner = new Runner();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) runner.play(line.split("\t", -1));
        if (runner.engine != null) runner.engine.close();
    }
}
