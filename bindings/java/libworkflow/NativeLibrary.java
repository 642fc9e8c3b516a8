package libworkflow;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** libworkflow-c as it is called: bindings/c/workflow.h says what each does. */
final class NativeLibrary {
    static final int ABI = 1;
    static final int OK = 0;
    static final int REFUSED = 100;

    static {
        Native.register(com.sun.jna.NativeLibrary.getInstance(
                "workflow-c", Map.of(com.sun.jna.Library.OPTION_STRING_ENCODING, "UTF-8")));
        if (workflow_abi_serves(ABI) != 1) {
            throw new UnsatisfiedLinkError("libworkflow-c has another interface than this class: version " + ABI);
        }
    }

    private NativeLibrary() {}

    interface Clock extends Callback {
        long now(Pointer user);
    }

    interface Log extends Callback {
        void log(Pointer user, String level, String instance, String text, String trace);
    }

    interface Handler extends Callback {
        int handle(Pointer user, Pointer request, Pointer answer);
    }

    interface Completion extends Callback {
        void completed(Pointer user, int code, Pointer answer);
    }

    @Structure.FieldOrder({
        "size", "store", "schema", "utcOffset", "clock", "clockUser", "log", "logUser", "tagged"
    })
    public static final class Options extends Structure {
        public NativeLong size = new NativeLong();
        public String store;
        public String schema;
        public String utcOffset;
        public Clock clock;
        public Pointer clockUser;
        public Log log;
        public Pointer logUser;
        public int tagged = 1;

        Options() {
            setStringEncoding("UTF-8");
            size = new NativeLong(size());
        }
    }

    static native int workflow_abi_serves(int abi);

    static native String workflow_version();

    static native Pointer workflow_last_error();

    static native NativeLong workflow_open_handles();

    static native Pointer workflow_text_new(byte[] bytes, NativeLong size);

    static native Pointer workflow_text_bytes(Pointer text);

    static native NativeLong workflow_text_size(Pointer text);

    static native void workflow_text_free(Pointer text);

    static native int workflow_engine_open(Options options, PointerByReference engine);

    static native void workflow_engine_close(Pointer engine);

    static native int workflow_call(Pointer engine, byte[] name, byte[] arguments, PointerByReference answer);

    static native int workflow_outbox_open(Pointer engine, byte[] options, PointerByReference outbox);

    static native int workflow_outbox_service(Pointer outbox, byte[] name, Handler service, Pointer user);

    static native int workflow_outbox_notices(Pointer outbox, Handler notice, Pointer user);

    static native int workflow_outbox_withdrawals(Pointer outbox, byte[] name, Handler withdrawal, Pointer user);

    static native int workflow_outbox_deliver(Pointer outbox, LongByReference delivered);

    static native int workflow_outbox_start(Pointer outbox, int threads);

    static native int workflow_outbox_stop(Pointer outbox);

    static native void workflow_outbox_close(Pointer outbox);

    static native int workflow_timer_start(Pointer engine, int pollMilliseconds, PointerByReference timer);

    static native void workflow_timer_close(Pointer timer);

    static native int workflow_commits_start(Pointer engine, int threads, PointerByReference commits);

    static native int workflow_commits_call(
            Pointer commits, byte[] name, byte[] arguments, Completion completion, Pointer user);

    static native void workflow_commits_close(Pointer commits);

    static native int workflow_simulate(byte[] arguments, PointerByReference answer);

    static native int workflow_compare_simulations(byte[] arguments, PointerByReference answer);

    static native int workflow_calibrate(byte[] arguments, PointerByReference answer);

    /** With the 0 that C wants at the end. */
    static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return java.util.Arrays.copyOf(bytes, bytes.length + 1);
    }

    static String text(Pointer bytes) {
        return bytes == null ? "" : bytes.getString(0, "UTF-8");
    }

    /** Where a call puts its answer: made once for each thread, for making one costs as much as a call. */
    static PointerByReference answer() {
        PointerByReference answer = ANSWER.get();
        answer.setValue(null);
        return answer;
    }

    private static final ThreadLocal<PointerByReference> ANSWER = ThreadLocal.withInitial(PointerByReference::new);

    /** Takes the text out, and frees it. */
    static String taken(PointerByReference answer) {
        Pointer held = answer.getValue();
        if (held == null) return "null";
        try {
            int size = workflow_text_size(held).intValue();
            return new String(workflow_text_bytes(held).getByteArray(0, size), StandardCharsets.UTF_8);
        } finally {
            workflow_text_free(held);
        }
    }

    /** The value of an answer; what went wrong is thrown. */
    static Object valueOf(int code, String answer) {
        Object value = Values.value(answer);
        if (code == OK) return value;
        Map<String, Object> said = Values.record(value);
        if (code == REFUSED) throw new RefusedException(said);
        throw new WorkflowException(WorkflowException.Code.of(code), (String) said.get("message"));
    }

    static Pointer newText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return workflow_text_new(bytes, new NativeLong(bytes.length));
    }

    /** What a call said that gives no answer. */
    static void check(int code) {
        if (code != OK) {
            throw new WorkflowException(WorkflowException.Code.of(code), text(workflow_last_error()));
        }
    }
}
