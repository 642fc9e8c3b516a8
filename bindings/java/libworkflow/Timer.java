package libworkflow;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.time.Duration;

/** A thread that runs what is due, until it is closed. Made by {@link Engine#timer}. */
public final class Timer implements AutoCloseable {
    private final Pointer handle;

    Timer(Pointer engine, Duration poll) {
        PointerByReference started = new PointerByReference();
        NativeLibrary.check(NativeLibrary.workflow_timer_start(engine, Math.toIntExact(poll.toMillis()), started));
        handle = started.getValue();
    }

    /** Waits for the run under way. Closing twice is no mistake. */
    @Override
    public void close() {
        NativeLibrary.workflow_timer_close(handle);
    }
}
