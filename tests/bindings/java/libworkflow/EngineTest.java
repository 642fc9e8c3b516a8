package libworkflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java package, as a Java programmer uses it. */
class EngineTest {
    private static final Path SOURCE = Path.of(System.getProperty("workflow.source"));
    private static final Path PROCEDURES = SOURCE.resolve("procedures");
    private static final Path PERMIT = SOURCE.resolve("tests/bindings/procedures/permit/procedure.yaml");
    private static final Actor CLERK = Actor.of("an", "clerk");
    private static final Actor OFFICER = Actor.of("binh", "officer");
    private static final Instant MORNING = OffsetDateTime.parse("2026-06-01T09:00:00+07:00").toInstant();

    private final SetClock now = new SetClock(MORNING);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private Engine engine;

    @BeforeEach
    void open() {
        engine = new Engine("memory", null, now, (level, instance, text, trace) -> log.add(level + " " + text));
        engine.registerFolder(PROCEDURES);
        engine.registerProcedure(With.the("file", PERMIT));
    }

    @AfterEach
    void close() {
        engine.close();
        engine.close(); // twice is no mistake
        assertEquals(0, NativeLibrary.workflow_open_handles().longValue(), "handles are left open");
    }

    private Done start(String key) {
        return engine.start(
                "permit", key, CLERK, Map.of("applicant", "Nguyễn Văn A", "received_on", LocalDate.of(2026, 5, 29)));
    }

    private Done accept(String key) {
        return engine.perform("permit/" + key, "accept", OFFICER, Map.of("fee", 300_000));
    }

    private List<String> states(String key) {
        return Values.records(engine.get("permit/" + key).get("tokens")).stream()
                .map(token -> (String) token.get("state"))
                .collect(Collectors.toList());
    }

    @Test
    void valuesAreJavasOwn() {
        Done done = start("A");
        assertEquals("permit/A", done.instance());
        assertEquals(1, done.revision());
        Map<String, Object> seen = engine.get("permit/A");
        Map<String, Object> data = Values.record(seen.get("data"));
        assertEquals("Nguyễn Văn A", data.get("applicant"));
        assertEquals(LocalDate.of(2026, 5, 29), data.get("received_on"));
        assertEquals(MORNING, seen.get("started"));
        assertEquals(MORNING, engine.now());
        Map<String, Object> clock = Values.records(seen.get("clocks")).get(0);
        assertEquals(OffsetDateTime.parse("2026-06-08T17:00:00+07:00").toInstant(), clock.get("due"));
        assertTrue(engine.nextDue().isPresent());
    }

    @Test
    void refusalsSayWhatIsPossible() {
        start("A");
        RefusedException refused = assertThrows(
                RefusedException.class, () -> engine.perform("permit/A", "accept", OFFICER, Map.of()));
        assertEquals("missing-field", refused.reasonCode());
        assertEquals(WorkflowException.Code.REFUSED, refused.code());
        assertEquals(
                Set.of("accept", "reject"),
                refused.permitted().stream().map(one -> one.get("action")).collect(Collectors.toSet()));
    }

    @Test
    void failuresHaveCodes() {
        WorkflowException none = assertThrows(WorkflowException.class, () -> engine.get("permit/none"));
        assertEquals(WorkflowException.Code.NOT_FOUND, none.code());
        WorkflowException misuse = assertThrows(
                WorkflowException.class, () -> engine.call("gett", Map.of()));
        assertEquals(WorkflowException.Code.MISUSE, misuse.code());
        assertTrue(misuse.getMessage().contains("did you mean 'get'?"), misuse.getMessage());
        WorkflowException value = assertThrows(
                WorkflowException.class,
                () -> engine.start("permit", "A", CLERK, Map.of("applicant", new Object())));
        assertTrue(value.getMessage().contains("is no data"), value.getMessage());
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertEquals(
                WorkflowException.Code.LIMIT,
                assertThrows(
                                WorkflowException.class,
                                () -> engine.start("permit", "A", CLERK, Map.of("applicant", endless)))
                        .code());
    }

    @Test
    void aClosedEngineSaysSo() {
        Outbox outbox = engine.outbox();
        engine.close();
        assertTrue(assertThrows(WorkflowException.class, () -> engine.now()).getMessage().contains("is closed"));
        assertThrows(WorkflowException.class, outbox::deliver);
    }

    @Test
    void handlersAreFunctionsAndMayCallTheEngine() {
        List<Object> attempts = new ArrayList<>();
        try (Outbox outbox = engine.outbox()) {
            outbox.service("ask_register", request -> {
                attempts.add(request.get("attempt"));
                assertEquals("active", engine.get((String) request.get("instance")).get("status"));
                if (attempts.size() == 1) throw new IllegalStateException("the register is down");
                return Map.of("number", 42);
            });
            start("A");
            accept("A");
            assertEquals(1, outbox.deliver());
            now.set(MORNING.plus(Duration.ofMinutes(2)));
            engine.runDue();
            assertEquals(1, outbox.deliver());
        }
        assertEquals(List.of(1L, 2L), attempts);
        assertEquals(42L, Values.record(engine.get("permit/A").get("data")).get("fee"));
        assertTrue(log.stream().anyMatch(line -> line.contains("the register is down")), log.toString());
    }

    @Test
    void aNamedErrorTakesItsWayAndAnErrorIsNoCrash() {
        try (Outbox outbox = engine.outbox()) {
            outbox.service("ask_register", request -> {
                if (((String) request.get("instance")).endsWith("B")) throw new StackOverflowError();
                throw new ServiceException("unknown", "nobody of that name");
            });
            start("A");
            accept("A");
            start("B");
            accept("B");
            assertEquals(2, outbox.deliver());
        }
        assertEquals(List.of("checking"), states("A"));
        assertEquals(List.of("register"), states("B"));
    }

    @Test
    void aHandlerCannotStopTheOutboxThatRunsIt() {
        List<String> words = new ArrayList<>();
        try (Outbox outbox = engine.outbox()) {
            outbox.service("ask_register", request -> {
                words.add(assertThrows(WorkflowException.class, outbox::stop).getMessage());
                return null;
            });
            start("A");
            accept("A");
            outbox.deliver();
        }
        assertTrue(words.get(0).contains("cannot stop the outbox"), words.toString());
    }

    @Test
    void threadsDeliverAndRunWhatIsDue() throws Exception {
        List<Object> notices = Collections.synchronizedList(new ArrayList<>());
        start("A");
        now.set(OffsetDateTime.parse("2026-06-09T09:00:00+07:00").toInstant());
        Duration soon = Duration.ofMillis(5);
        try (Timer timer = engine.timer(soon);
                Outbox outbox = engine.outbox(soon, Duration.ofMinutes(5), soon, soon)) {
            assertNotNull(timer);
            outbox.notices(told -> notices.add(told.get("text")));
            outbox.start(2);
            Instant deadline = Instant.now().plusSeconds(20);
            while (notices.size() < 2 && Instant.now().isBefore(deadline)) Thread.sleep(10);
        }
        assertTrue(notices.contains("Nguyễn Văn A is due tomorrow"), notices.toString());
    }

    @Test
    void whoeverWasAskedIsToldThatNobodyWaits() {
        List<Map<String, Object>> withdrawn = new ArrayList<>();
        try (Outbox outbox = engine.outbox()) {
            outbox.service("ask_register", request -> {
                throw new IllegalStateException("the register is down");
            });
            outbox.withdrawals("ask_register", withdrawn::add);
            start("A");
            accept("A");
            outbox.deliver();
            engine.cancel("permit/A", Actor.of("sys", "operator"), "withdrawn by the applicant");
            outbox.deliver();
        }
        assertEquals(1, withdrawn.size());
        assertEquals("ask_register", withdrawn.get(0).get("handler"));
    }

    @Test
    void stepsAreHandedOver() throws Exception {
        List<CompletableFuture<Done>> futures = new ArrayList<>();
        CompletableFuture<Done> refused;
        Commits commits = engine.commits(1);
        try (commits) {
            for (int i = 0; i < 100; ++i) {
                futures.add(commits.call("start", With.the("procedure", "permit").and("key", "" + i)
                        .and("actor", Actor.of("an", "clerk")).and("data", Map.of("applicant", "A"))));
            }
            With claim = With.the("instance", "permit/0").and("item", 1).and("actor", Actor.of("an", "clerk"));
            refused = commits.call("claim", claim);
            WorkflowException wrong = assertThrows(WorkflowException.class, () -> commits.call("get", claim));
            assertTrue(wrong.getMessage().contains("get is no step"), wrong.getMessage());
            assertEquals("permit/99", futures.get(99).get(60, TimeUnit.SECONDS).instance());
        }
        assertInstanceOf(
                RefusedException.class, assertThrows(ExecutionException.class, refused::get).getCause());
        for (CompletableFuture<Done> future : futures) assertTrue(future.isDone());
        assertThrows(WorkflowException.class, () -> commits.call("start", With.nothing()));
    }

    @Test
    void manyThreadsUseOneEngine() throws Exception {
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 4; ++number) {
            String prefix = number + "-";
            threads.add(new Thread(() -> {
                try {
                    for (int i = 0; i < 50; ++i) start(prefix + i);
                } catch (Throwable failure) {
                    wrong.add(failure);
                }
            }));
        }
        for (Thread thread : threads) thread.start();
        for (Thread thread : threads) thread.join();
        assertEquals(List.of(), wrong);
        assertEquals(200L, engine.standingCounts("permit").get(0).get("tokens"));
    }

    @Test
    void everyMethodIsACallOfTheInterface() {
        Set<String> methods = Arrays.stream(Engine.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toSet());
        for (String call : List.of("start", "perform", "answerService", "planMigration", "compareAnchors", "metrics")) {
            assertTrue(methods.contains(call), call);
        }
        assertInstanceOf(String.class, engine.metrics());
        assertEquals(Boolean.TRUE, engine.verify().get("finished"));
    }

    @Test
    void aSimulationGivesTheSameBytesOnAnyNumberOfThreads() {
        With few = With.the("dossiers", 100).and("replications", 4);
        Simulation one = Simulation.run(PROCEDURES, "service_onboarding", few);
        Simulation two = Simulation.run(PROCEDURES, "service_onboarding", few.and("threads", 2));
        assertEquals(one.json(), two.json());
        assertTrue(one.figures().containsKey("states"));
        Simulation.Scenario side = new Simulation.Scenario(PROCEDURES, "service_onboarding", null);
        Simulation compared = Simulation.compare(side, side, few);
        assertEquals(0.0, Values.records(compared.figures().get("differences")).get(0).get("change"));
        assertEquals(
                WorkflowException.Code.MISUSE,
                assertThrows(WorkflowException.class, () -> Simulation.calibrate(
                        PROCEDURES, "service_onboarding", Path.of("/nowhere.xes"), With.nothing())).code());
        assertEquals(
                WorkflowException.Code.MISUSE,
                assertThrows(WorkflowException.class, () -> Simulation.run(PROCEDURES, "none_such", With.nothing()))
                        .code());
    }
}
