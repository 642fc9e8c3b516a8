package libworkflow;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the handlers of services and notices, each at least once after the commit of its step: in threads of its
 * own or in the caller's. Made by {@link Engine#outbox()}.
 */
public final class Outbox implements AutoCloseable {
    /**
     * Answers a service. The request is key, instance, token, attempt, state, handler, input, trace; the result
     * a map, or null for an empty one. {@code key} is the same for every attempt: the outer system does the work
     * once.
     */
    @FunctionalInterface
    public interface Service {
        /** {@link ServiceException} is an error that the procedure names; any other is a failure. */
        Map<String, ?> handle(Map<String, Object> request) throws Exception;
    }

    /** Gives a notice: key, instance, token, state, roles, text, trace. One that throws comes again. */
    @FunctionalInterface
    public interface Notices {
        /** Tells whom it concerns. */
        void handle(Map<String, Object> notice) throws Exception;
    }

    private final Pointer handle;
    private final List<NativeLibrary.Handler> kept = new ArrayList<>(); // as long as C may call them

    Outbox(Pointer engine, Map<String, Object> options) {
        PointerByReference opened = new PointerByReference();
        NativeLibrary.check(NativeLibrary.workflow_outbox_open(
                engine, NativeLibrary.utf8(Values.json(options)), opened));
        handle = opened.getValue();
    }

    /** The lengths of {@link Engine#outbox(Duration, Duration, Duration, Duration)} as arguments. */
    static Map<String, Object> lengths(Duration poll, Duration lease, Duration firstPause, Duration longestPause) {
        Map<String, Object> lengths = new LinkedHashMap<>();
        lengths.put("poll", poll.toMillis());
        lengths.put("lease", lease.toMillis());
        lengths.put("first_pause", firstPause.toMillis());
        lengths.put("longest_pause", longestPause.toMillis());
        return lengths;
    }

    /** The handler of {@code service: NAME} in procedures; before {@link #start}. */
    public Outbox service(String name, Service service) {
        NativeLibrary.Handler handler = (user, request, answer) -> answered(answer, () -> {
            try {
                Map<String, ?> result = service.handle(Values.record(Values.value(NativeLibrary.text(request))));
                return Map.of("result", result == null ? Map.of() : result);
            } catch (ServiceException error) {
                String text = error.getMessage() == null ? "" : error.getMessage();
                return Map.of("error", error.code(), "text", text);
            }
        });
        kept.add(handler);
        NativeLibrary.check(NativeLibrary.workflow_outbox_service(handle, NativeLibrary.utf8(name), handler, null));
        return this;
    }

    /** The handler of notices; before {@link #start}. */
    public Outbox notices(Notices notices) {
        NativeLibrary.Handler handler = teller(notices);
        kept.add(handler);
        NativeLibrary.check(NativeLibrary.workflow_outbox_notices(handle, handler, null));
        return this;
    }

    /**
     * Told that nobody waits for the answer of {@code service: NAME} any more, with the request that its handler
     * took, without its input; before {@link #start}.
     */
    public Outbox withdrawals(String name, Notices withdrawals) {
        NativeLibrary.Handler handler = teller(withdrawals);
        kept.add(handler);
        NativeLibrary.check(
                NativeLibrary.workflow_outbox_withdrawals(handle, NativeLibrary.utf8(name), handler, null));
        return this;
    }

    private static NativeLibrary.Handler teller(Notices taker) {
        return (user, told, answer) -> answered(answer, () -> {
            taker.handle(Values.record(Values.value(NativeLibrary.text(told))));
            return null;
        });
    }

    private interface Work {
        Object run() throws Exception;
    }

    /** Nothing is thrown into C: what goes wrong is words and a code. */
    private static int answered(Pointer answer, Work work) {
        try {
            Object result = work.run();
            if (result != null) answer.setPointer(0, NativeLibrary.newText(Values.json(result)));
            return 0;
        } catch (Throwable failure) {
            String words = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            answer.setPointer(0, NativeLibrary.newText(words));
            return 1;
        }
    }

    /** Delivers, in this thread, what can be delivered now; how many that were. */
    public long deliver() {
        LongByReference delivered = new LongByReference();
        NativeLibrary.check(NativeLibrary.workflow_outbox_deliver(handle, delivered));
        return delivered.getValue();
    }

    /** Starts so many threads more, which deliver until {@link #stop}. */
    public void start(int threads) {
        NativeLibrary.check(NativeLibrary.workflow_outbox_start(handle, threads));
    }

    /** Waits for the handlers that run; what is left in the outbox stays there. */
    public void stop() {
        NativeLibrary.check(NativeLibrary.workflow_outbox_stop(handle));
    }

    /** Stops for good. Closing twice is no mistake. */
    @Override
    public void close() {
        NativeLibrary.workflow_outbox_close(handle);
    }
}
