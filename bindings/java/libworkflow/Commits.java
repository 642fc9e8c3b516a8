package libworkflow;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that run steps for callers who do not wait, many in one commit. Made by {@link Engine#commits}. What is
 * run when a future completes runs in the thread that committed: it must not wait for another future of this kind,
 * and cannot close this.
 */
public final class Commits implements AutoCloseable {
    private final Pointer handle;
    private final Map<Long, CompletableFuture<Object>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private final NativeLibrary.Completion completion = this::complete; // as long as C may call it

    Commits(Pointer engine, int threads) {
        PointerByReference started = new PointerByReference();
        NativeLibrary.check(NativeLibrary.workflow_commits_start(engine, threads, started));
        handle = started.getValue();
    }

    /**
     * Hands over a step of one instance, {@code start}, {@code perform}, {@code claim} ..., with the arguments of its
     * call. Steps for one instance are taken in the order in which they came. What is wrong with the arguments is
     * thrown at once; the future holds the step once it is durable, or a {@link WorkflowException}.
     */
    public CompletableFuture<Done> call(String name, With arguments) {
        long number = last.incrementAndGet();
        CompletableFuture<Object> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        int code = NativeLibrary.workflow_commits_call(
                handle,
                NativeLibrary.utf8(name),
                NativeLibrary.utf8(Values.json(new LinkedHashMap<>(arguments.values()))),
                completion,
                new Pointer(number));
        if (code != NativeLibrary.OK) waiting.remove(number);
        NativeLibrary.check(code);
        return answer.thenApply(Done::of);
    }

    private void complete(Pointer user, int code, Pointer answer) {
        CompletableFuture<Object> future = waiting.remove(Pointer.nativeValue(user));
        try {
            future.complete(NativeLibrary.valueOf(code, NativeLibrary.text(answer)));
        } catch (Throwable failure) {
            future.completeExceptionally(failure);
        }
    }

    /** Waits until all that was handed over is done. Closing twice is no mistake. */
    @Override
    public void close() {
        NativeLibrary.workflow_commits_close(handle);
    }
}
