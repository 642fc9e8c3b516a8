package libworkflow;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Durable instances of procedures, their deadlines, and what is asked about them.
 *
 * <p>Instants are {@link Instant}s, dates {@link java.time.LocalDate}s, whole numbers {@link Long}s. Every failure is
 * a {@link WorkflowException} with a code, an expected "no" of a procedure a {@link RefusedException}. Any thread may
 * use one engine. What a call may have beside its parameters is named in {@link With}; steps all take
 * {@code request}, {@code revision} and {@code trace}.
 */
public final class Engine implements AutoCloseable {
    /** Told of each commit, from whichever thread commits; it must not call the engine. */
    @FunctionalInterface
    public interface Log {
        /** {@code level} is debug, info or warning; {@code trace} that of the call, or empty. */
        void log(String level, String instance, String text, String trace);
    }

    private final Pointer handle;
    private final NativeLibrary.Clock clock; // kept as long as C may call them
    private final NativeLibrary.Log log;
    private final List<AutoCloseable> services = new ArrayList<>();

    /** An engine over {@code memory}, {@code sqlite:PATH} or {@code postgresql://USER@HOST/DATABASE}. */
    public Engine(String store) {
        this(store, null, null, null);
    }

    /**
     * The same with a host's own: {@code schema} of PostgreSQL's tables, {@code clock} instead of the machine's, and
     * a {@code log}. Each may be null.
     */
    public Engine(String store, String schema, Clock clock, Log log) {
        NativeLibrary.Options options = new NativeLibrary.Options();
        options.store = store;
        options.schema = schema;
        this.clock = clock == null ? null : user -> clock.millis();
        this.log = log == null ? null : (user, level, instance, text, trace) -> {
            try {
                log.log(level, instance, text, trace);
            } catch (Throwable dropped) {
                // Who is told of what was committed cannot undo it.
            }
        };
        options.clock = this.clock;
        options.log = this.log;
        PointerByReference opened = new PointerByReference();
        NativeLibrary.check(NativeLibrary.workflow_engine_open(options, opened));
        handle = opened.getValue();
    }

    /** The library's version: {@code 0.1.0}. */
    public static String version() {
        return NativeLibrary.workflow_version();
    }

    /** Closes its outboxes, timers and commits, and lets go of the store. Closing twice is no mistake. */
    @Override
    public void close() {
        List<AutoCloseable> closing;
        synchronized (services) {
            closing = new ArrayList<>(services);
            services.clear();
        }
        for (AutoCloseable service : closing) {
            try {
                service.close();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        NativeLibrary.workflow_engine_close(handle);
    }

    // --- what goes on by itself ---

    /** An outbox that looks every 200 ms, with a lease of 5 minutes and pauses of 1 s to 5 minutes. */
    public Outbox outbox() {
        return outbox(Duration.ofMillis(200), Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    /** The same with other lengths. {@code lease} is longer than a handler may take. */
    public Outbox outbox(Duration poll, Duration lease, Duration firstPause, Duration longestPause) {
        Outbox outbox = new Outbox(handle, Outbox.lengths(poll, lease, firstPause, longestPause));
        synchronized (services) {
            services.add(outbox);
        }
        return outbox;
    }

    /** A thread that calls {@link #runDue()} whenever something is due. */
    public Timer timer(Duration poll) {
        Timer timer = new Timer(handle, poll);
        synchronized (services) {
            services.add(timer);
        }
        return timer;
    }

    /** Threads that run steps for callers who do not wait, many in one commit; SQLite has use for two. */
    public Commits commits(int threads) {
        Commits commits = new Commits(handle, threads);
        synchronized (services) {
            services.add(commits);
        }
        return commits;
    }

    // --- calls ---

    private record Given(Map<String, Object> values) {
        Given put(String name, Object value) {
            values.put(name, value);
            return this;
        }
    }

    private static Given arguments(With more) {
        return new Given(new LinkedHashMap<>(more.values()));
    }

    private Object call(String name, Given given) {
        return call(name, given.values());
    }

    /** Any call by its name, as the C interface has it: bindings/README.md lists them. */
    public Object call(String name, Map<String, Object> arguments) {
        PointerByReference answer = NativeLibrary.answer();
        int code = NativeLibrary.workflow_call(
                handle, NativeLibrary.utf8(name), NativeLibrary.utf8(Values.json(arguments)), answer);
        return NativeLibrary.valueOf(code, NativeLibrary.taken(answer));
    }

    /** Registers every procedure and calendar of a folder. */
    public Map<String, Object> registerFolder(Path folder) {
        return Values.record(call("register_folder", arguments(With.nothing()).put("folder", folder)));
    }

    /**
     * Registers one procedure, from a file or from its text. Gives {procedure, version, digest, warnings}.
     * {@code more} may have: file, yaml.
     */
    public Map<String, Object> registerProcedure(With more) {
        return Values.record(call("register_procedure", arguments(more)));
    }

    /**
     * Registers one calendar, from a file or from its text. Gives {calendar, warnings}. {@code more} may
     * have: file, yaml.
     */
    public Map<String, Object> registerCalendar(With more) {
        return Values.record(call("register_calendar", arguments(more)));
    }

    /** Every registered version: {procedure, version, digest} each. */
    public List<Map<String, Object>> procedures() {
        return Values.records(call("procedures", arguments(With.nothing())));
    }

    /** One version, by default the highest: its title, roles, states, languages. */
    public Map<String, Object> procedure(String procedure) {
        return Values.record(call("procedure", arguments(With.nothing()).put("procedure", procedure)));
    }

    /**
     * One version, by default the highest: its title, roles, states, languages. {@code more} may have:
     * version.
     */
    public Map<String, Object> procedure(String procedure, With more) {
        return Values.record(call("procedure", arguments(more).put("procedure", procedure)));
    }

    /**
     * The state graph as text for Graphviz (dot) or Mermaid; of an instance with its way through it.
     * {@code more} may have: procedure, instance, version, variant, language, format.
     */
    public String graph(With more) {
        return (String) call("graph", arguments(more));
    }

    /** Starts an instance. The same procedure, key, data and variant again is the same instance. */
    public Done start(String procedure, String key, Actor actor, Map<String, ?> data) {
        return Done.of(call(
                "start",
                arguments(With.nothing())
                        .put("procedure", procedure)
                        .put("key", key)
                        .put("actor", actor)
                        .put("data", data)));
    }

    /**
     * Starts an instance. The same procedure, key, data and variant again is the same instance. {@code
     * more} may have: variant, entry, request, revision, trace.
     */
    public Done start(String procedure, String key, Actor actor, Map<String, ?> data, With more) {
        return Done.of(call(
                "start",
                arguments(more)
                        .put("procedure", procedure)
                        .put("key", key)
                        .put("actor", actor)
                        .put("data", data)));
    }

    /** An officer does something. With plan nothing is changed, and the answer tells what would be. */
    public Done perform(String instance, String action, Actor actor, Map<String, ?> fields) {
        return Done.of(call(
                "perform",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("action", action)
                        .put("actor", actor)
                        .put("fields", fields)));
    }

    /**
     * An officer does something. With plan nothing is changed, and the answer tells what would be. {@code
     * more} may have: item, plan, request, revision, trace.
     */
    public Done perform(String instance, String action, Actor actor, Map<String, ?> fields, With more) {
        return Done.of(call(
                "perform",
                arguments(more)
                        .put("instance", instance)
                        .put("action", action)
                        .put("actor", actor)
                        .put("fields", fields)));
    }

    /** He takes a work item for himself. */
    public Done claim(String instance, long item, Actor actor) {
        return Done.of(call(
                "claim",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("item", item)
                        .put("actor", actor)));
    }

    /** He takes a work item for himself. {@code more} may have: plan, request, revision, trace. */
    public Done claim(String instance, long item, Actor actor, With more) {
        return Done.of(call(
                "claim",
                arguments(more)
                        .put("instance", instance)
                        .put("item", item)
                        .put("actor", actor)));
    }

    /** He gives it back. */
    public Done release(String instance, long item, Actor actor) {
        return Done.of(call(
                "release",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("item", item)
                        .put("actor", actor)));
    }

    /** He gives it back. {@code more} may have: plan, request, revision, trace. */
    public Done release(String instance, long item, Actor actor, With more) {
        return Done.of(call(
                "release",
                arguments(more)
                        .put("instance", instance)
                        .put("item", item)
                        .put("actor", actor)));
    }

    /** He hands it to somebody. */
    public Done delegate(String instance, long item, String to, Actor actor) {
        return Done.of(call(
                "delegate",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("item", item)
                        .put("to", to)
                        .put("actor", actor)));
    }

    /** He hands it to somebody. {@code more} may have: plan, request, revision, trace. */
    public Done delegate(String instance, long item, String to, Actor actor, With more) {
        return Done.of(call(
                "delegate",
                arguments(more)
                        .put("instance", instance)
                        .put("item", item)
                        .put("to", to)
                        .put("actor", actor)));
    }

    /** An operator gives it to somebody. */
    public Done reassign(String instance, long item, String to, Actor actor, String reason) {
        return Done.of(call(
                "reassign",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("item", item)
                        .put("to", to)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator gives it to somebody. {@code more} may have: plan, request, revision, trace. */
    public Done reassign(String instance, long item, String to, Actor actor, String reason, With more) {
        return Done.of(call(
                "reassign",
                arguments(more)
                        .put("instance", instance)
                        .put("item", item)
                        .put("to", to)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** What stands still is tried again. */
    public Done retry(String instance, long token, Actor actor) {
        return Done.of(call(
                "retry",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("token", token)
                        .put("actor", actor)));
    }

    /** What stands still is tried again. {@code more} may have: reason, plan, request, revision, trace. */
    public Done retry(String instance, long token, Actor actor, With more) {
        return Done.of(call(
                "retry",
                arguments(more)
                        .put("instance", instance)
                        .put("token", token)
                        .put("actor", actor)));
    }

    /** An operator answers in a service's place: with a result or an error's code. */
    public Done resolve(String instance, long token, Actor actor, String reason) {
        return Done.of(call(
                "resolve",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("token", token)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /**
     * An operator answers in a service's place: with a result or an error's code. {@code more} may have:
     * result, error, plan, request, revision, trace.
     */
    public Done resolve(String instance, long token, Actor actor, String reason, With more) {
        return Done.of(call(
                "resolve",
                arguments(more)
                        .put("instance", instance)
                        .put("token", token)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator mends data. */
    public Done correct(String instance, Map<String, ?> data, Actor actor, String reason) {
        return Done.of(call(
                "correct",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("data", data)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator mends data. {@code more} may have: token, plan, request, revision, trace. */
    public Done correct(String instance, Map<String, ?> data, Actor actor, String reason, With more) {
        return Done.of(call(
                "correct",
                arguments(more)
                        .put("instance", instance)
                        .put("data", data)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator puts a token on another state. */
    public Done move(String instance, long token, String to, Actor actor, String reason) {
        return Done.of(call(
                "move",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("token", token)
                        .put("to", to)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator puts a token on another state. {@code more} may have: plan, request, revision, trace. */
    public Done move(String instance, long token, String to, Actor actor, String reason, With more) {
        return Done.of(call(
                "move",
                arguments(more)
                        .put("instance", instance)
                        .put("token", token)
                        .put("to", to)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator ends the instance. */
    public Done cancel(String instance, Actor actor, String reason) {
        return Done.of(call(
                "cancel",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator ends the instance. {@code more} may have: plan, request, revision, trace. */
    public Done cancel(String instance, Actor actor, String reason, With more) {
        return Done.of(call(
                "cancel",
                arguments(more)
                        .put("instance", instance)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** An operator sets the instance aside; with clocks_wait its clocks stop. */
    public Done suspend(String instance, Actor actor, String reason) {
        return Done.of(call(
                "suspend",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /**
     * An operator sets the instance aside; with clocks_wait its clocks stop. {@code more} may have:
     * clocks_wait, plan, request, revision, trace.
     */
    public Done suspend(String instance, Actor actor, String reason, With more) {
        return Done.of(call(
                "suspend",
                arguments(more)
                        .put("instance", instance)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** It goes on. */
    public Done resume(String instance, Actor actor, String reason) {
        return Done.of(call(
                "resume",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** It goes on. {@code more} may have: plan, request, revision, trace. */
    public Done resume(String instance, Actor actor, String reason, With more) {
        return Done.of(call(
                "resume",
                arguments(more)
                        .put("instance", instance)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** Erases every value that these sensitive fields ever had, for good. */
    public Done erase(String instance, List<String> fields, Actor actor, String reason) {
        return Done.of(call(
                "erase",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("fields", fields)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /**
     * Erases every value that these sensitive fields ever had, for good. {@code more} may have: request,
     * revision, trace.
     */
    public Done erase(String instance, List<String> fields, Actor actor, String reason, With more) {
        return Done.of(call(
                "erase",
                arguments(more)
                        .put("instance", instance)
                        .put("fields", fields)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** Answers a service that its handler could not answer at once: a result, an error or a failure. */
    public Done answerService(String instance, long token) {
        return Done.of(call(
                "answer_service",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("token", token)));
    }

    /**
     * Answers a service that its handler could not answer at once: a result, an error or a failure. {@code
     * more} may have: attempt, result, error, failure, text, request, revision, trace.
     */
    public Done answerService(String instance, long token, With more) {
        return Done.of(call("answer_service", arguments(more).put("instance", instance).put("token", token)));
    }

    /** A message to whom waits for it: {delivered: taken, kept, ignored or not_found, steps}. */
    public Map<String, Object> sendMessage(String message) {
        return Values.record(call("send_message", arguments(With.nothing()).put("message", message)));
    }

    /**
     * A message to whom waits for it: {delivered: taken, kept, ignored or not_found, steps}. {@code more}
     * may have: key, fields, sender, instance, request.
     */
    public Map<String, Object> sendMessage(String message, With more) {
        return Values.record(call("send_message", arguments(more).put("message", message)));
    }

    /** Runs every timer that is due, and carries messages and calls to where they go. */
    public Map<String, Object> runDue() {
        return Values.record(call("run_due", arguments(With.nothing())));
    }

    /** Where an instance stands: tokens, clocks, data. Sensitive values are null unless asked for. */
    public Map<String, Object> get(String instance) {
        return Values.record(call("get", arguments(With.nothing()).put("instance", instance)));
    }

    /**
     * Where an instance stands: tokens, clocks, data. Sensitive values are null unless asked for. {@code
     * more} may have: sensitive.
     */
    public Map<String, Object> get(String instance, With more) {
        return Values.record(call("get", arguments(more).put("instance", instance)));
    }

    /** Every step, oldest first. */
    public List<Map<String, Object>> history(String instance) {
        return Values.records(call("history", arguments(With.nothing()).put("instance", instance)));
    }

    /** What the actor can do, and why not. */
    public List<Map<String, Object>> permitted(String instance, Actor actor) {
        return Values.records(call(
                "permitted",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("actor", actor)));
    }

    /** Why each deadline is where it is, day by day. */
    public List<Map<String, Object>> explain(String instance) {
        return Values.records(call("explain", arguments(With.nothing()).put("instance", instance)));
    }

    /** Ids of every instance: {items, cursor, finished}, as every page. */
    public Map<String, Object> instances() {
        return Values.record(call("instances", arguments(With.nothing())));
    }

    /**
     * Ids of every instance: {items, cursor, finished}, as every page. {@code more} may have: cursor,
     * limit.
     */
    public Map<String, Object> instances(With more) {
        return Values.record(call("instances", arguments(more)));
    }

    /** What waits for the actor, what is due first before the rest. */
    public Map<String, Object> worklist(Actor actor) {
        return Values.record(call("worklist", arguments(With.nothing()).put("actor", actor)));
    }

    /**
     * What waits for the actor, what is due first before the rest. {@code more} may have: role, unit,
     * procedure, state, text, overdue, cursor, limit.
     */
    public Map<String, Object> worklist(Actor actor, With more) {
        return Values.record(call("worklist", arguments(more).put("actor", actor)));
    }

    /** What stands still, the oldest first. */
    public Map<String, Object> incidents() {
        return Values.record(call("incidents", arguments(With.nothing())));
    }

    /** What stands still, the oldest first. {@code more} may have: cursor, limit. */
    public Map<String, Object> incidents(With more) {
        return Values.record(call("incidents", arguments(more)));
    }

    /** Who stands on a state. */
    public Map<String, Object> standing(String procedure, String state) {
        return Values.record(call(
                "standing",
                arguments(With.nothing())
                        .put("procedure", procedure)
                        .put("state", state)));
    }

    /** Who stands on a state. {@code more} may have: cursor, limit. */
    public Map<String, Object> standing(String procedure, String state, With more) {
        return Values.record(call("standing", arguments(more).put("procedure", procedure).put("state", state)));
    }

    /** How many stand where, and how many of them late. */
    public List<Map<String, Object>> standingCounts(String procedure) {
        return Values.records(call("standing_counts", arguments(With.nothing()).put("procedure", procedure)));
    }

    /** What is under way, by unit and receipt. */
    public Map<String, Object> underWay(String procedure) {
        return Values.record(call("under_way", arguments(With.nothing()).put("procedure", procedure)));
    }

    /** What is under way, by unit and receipt. {@code more} may have: cursor, limit. */
    public Map<String, Object> underWay(String procedure, With more) {
        return Values.record(call("under_way", arguments(more).put("procedure", procedure)));
    }

    /** What has ended with an outcome. */
    public Map<String, Object> closed(String procedure) {
        return Values.record(call("closed", arguments(With.nothing()).put("procedure", procedure)));
    }

    /** What has ended with an outcome. {@code more} may have: outcome, cursor, limit. */
    public Map<String, Object> closed(String procedure, With more) {
        return Values.record(call("closed", arguments(more).put("procedure", procedure)));
    }

    /** Instances by a field that is marked indexed. */
    public Map<String, Object> find(String procedure, String field, Object value) {
        return Values.record(call(
                "find",
                arguments(With.nothing())
                        .put("procedure", procedure)
                        .put("field", field)
                        .put("value", value)));
    }

    /** Instances by a field that is marked indexed. {@code more} may have: cursor, limit. */
    public Map<String, Object> find(String procedure, String field, Object value, With more) {
        return Values.record(call(
                "find",
                arguments(more)
                        .put("procedure", procedure)
                        .put("field", field)
                        .put("value", value)));
    }

    /** By unit what came in and what became of it, as form 06/VPCP/KSTT has it. */
    public List<Map<String, Object>> statistics(String procedure, Instant since, Instant until) {
        return Values.records(call(
                "statistics",
                arguments(With.nothing())
                        .put("procedure", procedure)
                        .put("from", since)
                        .put("until", until)));
    }

    /** Every committed step in order, for outer systems; keep the cursor. */
    public Map<String, Object> changes() {
        return Values.record(call("changes", arguments(With.nothing())));
    }

    /**
     * Every committed step in order, for outer systems; keep the cursor. {@code more} may have: cursor,
     * limit.
     */
    public Map<String, Object> changes(With more) {
        return Values.record(call("changes", arguments(more)));
    }

    /** When run_due is wanted next. */
    public Optional<Instant> nextDue() {
        return Optional.ofNullable((Instant) call("next_due", arguments(With.nothing())));
    }

    /** The engine's clock. */
    public Instant now() {
        return (Instant) call("now", arguments(With.nothing()));
    }

    /** OpenMetrics 1.0 text. */
    public String metrics() {
        return (String) call("metrics", arguments(With.nothing()));
    }

    /**
     * What a calendar's new version would move; nothing is changed. {@code more} may have: file, yaml,
     * cursor, limit.
     */
    public Map<String, Object> calendarImpact(With more) {
        return Values.record(call("calendar_impact", arguments(more)));
    }

    /** Lets instances count by the highest version of the calendar. */
    public Map<String, Object> applyCalendar(String calendar, Actor actor) {
        return Values.record(call(
                "apply_calendar",
                arguments(With.nothing())
                        .put("calendar", calendar)
                        .put("actor", actor)));
    }

    /** Lets instances count by the highest version of the calendar. {@code more} may have: cursor, limit. */
    public Map<String, Object> applyCalendar(String calendar, Actor actor, With more) {
        return Values.record(call("apply_calendar", arguments(more).put("calendar", calendar).put("actor", actor)));
    }

    /** Moves an instance to another version of its procedure. */
    public Done migrate(String instance, long version, Actor actor, String reason) {
        return Done.of(call(
                "migrate",
                arguments(With.nothing())
                        .put("instance", instance)
                        .put("version", version)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /**
     * Moves an instance to another version of its procedure. {@code more} may have: mapping, request,
     * revision, trace.
     */
    public Done migrate(String instance, long version, Actor actor, String reason, With more) {
        return Done.of(call(
                "migrate",
                arguments(more)
                        .put("instance", instance)
                        .put("version", version)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /**
     * What that would do to each instance of another version. {@code more} may have: procedure, version,
     * file, yaml, mapping, cursor, limit.
     */
    public Map<String, Object> planMigration(With more) {
        return Values.record(call("plan_migration", arguments(more)));
    }

    /** Enters a delegation, or changes the one with the same persons and begin. */
    public void putDelegation(String delegator, String delegate, Instant since, Instant until) {
        call(
                "put_delegation",
                arguments(With.nothing())
                        .put("delegator", delegator)
                        .put("delegate", delegate)
                        .put("since", since)
                        .put("until", until));
    }

    /**
     * Enters a delegation, or changes the one with the same persons and begin. {@code more} may have:
     * roles, units, entered_by, reason.
     */
    public void putDelegation(String delegator, String delegate, Instant since, Instant until, With more) {
        call(
                "put_delegation",
                arguments(more)
                        .put("delegator", delegator)
                        .put("delegate", delegate)
                        .put("since", since)
                        .put("until", until));
    }

    /** All delegations that were entered. */
    public Map<String, Object> delegations() {
        return Values.record(call("delegations", arguments(With.nothing())));
    }

    /** All delegations that were entered. {@code more} may have: cursor, limit. */
    public Map<String, Object> delegations(With more) {
        return Values.record(call("delegations", arguments(more)));
    }

    /** What an officer has in hand. */
    public Map<String, Object> planReassignAll(String officer) {
        return Values.record(call("plan_reassign_all", arguments(With.nothing()).put("from", officer)));
    }

    /** What an officer has in hand. {@code more} may have: cursor, limit. */
    public Map<String, Object> planReassignAll(String officer, With more) {
        return Values.record(call("plan_reassign_all", arguments(more).put("from", officer)));
    }

    /** Gives all of it to another. */
    public Map<String, Object> reassignAll(String officer, String to, Actor actor, String reason) {
        return Values.record(call(
                "reassign_all",
                arguments(With.nothing())
                        .put("from", officer)
                        .put("to", to)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** Gives all of it to another. {@code more} may have: cursor, limit. */
    public Map<String, Object> reassignAll(String officer, String to, Actor actor, String reason, With more) {
        return Values.record(call(
                "reassign_all",
                arguments(more)
                        .put("from", officer)
                        .put("to", to)
                        .put("actor", actor)
                        .put("reason", reason)));
    }

    /** Whether the store holds what was written: every row, and the same step run again. */
    public Map<String, Object> verify() {
        return Values.record(call("verify", arguments(With.nothing())));
    }

    /**
     * Whether the store holds what was written: every row, and the same step run again. {@code more} may
     * have: instance, cursor, limit.
     */
    public Map<String, Object> verify(With more) {
        return Values.record(call("verify", arguments(more)));
    }

    /** Heads of the chains, to be kept where who writes the store cannot reach. */
    public Map<String, Object> anchors() {
        return Values.record(call("anchors", arguments(With.nothing())));
    }

    /**
     * Heads of the chains, to be kept where who writes the store cannot reach. {@code more} may have:
     * cursor, limit.
     */
    public Map<String, Object> anchors(With more) {
        return Values.record(call("anchors", arguments(more)));
    }

    /** What differs from anchors that were taken earlier. */
    public List<Map<String, Object>> compareAnchors(String anchors) {
        return Values.records(call("compare_anchors", arguments(With.nothing()).put("anchors", anchors)));
    }

    /** Runs an instance's history again, and compares every digest. */
    public Map<String, Object> replay(String instance) {
        return Values.record(call("replay", arguments(With.nothing()).put("instance", instance)));
    }

    /** Writes all of the store to a new file. */
    public Map<String, Object> exportTo(Path file) {
        return Values.record(call("export_to", arguments(With.nothing()).put("file", file)));
    }

    /** Brings such a file into this store. */
    public Map<String, Object> importFrom(Path file) {
        return Values.record(call("import_from", arguments(With.nothing()).put("file", file)));
    }

    /** Moves what ended before an instant into a new file. */
    public Map<String, Object> archive(Path file, Instant before) {
        return Values.record(call("archive", arguments(With.nothing()).put("file", file).put("before", before)));
    }
}
