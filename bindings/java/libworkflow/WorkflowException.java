package libworkflow;

/** A failure of the world or a broken contract, with the code that every language has. */
public class WorkflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why: the codes of workflow/error.hpp. */
    public enum Code {
        /** No such instance, procedure or calendar. */
        NOT_FOUND(1),
        /** Somebody else changed it first: load again and retry. */
        CONFLICT(2),
        /** The store could not read or write; nothing was changed. */
        STORAGE(3),
        /** What was read is not what was written. */
        CORRUPT(4),
        /** Made by a newer version, or not offered by this build. */
        UNSUPPORTED(5),
        /** An input is larger than the limits allow. */
        LIMIT(6),
        /** The call breaks the contract of the interface. */
        MISUSE(7),
        /** A defect of the library; the transaction was rolled back. */
        INTERNAL(8),
        /** The procedure says no; see {@link RefusedException}. */
        REFUSED(100);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        /** The number in every language. */
        public int number() {
            return number;
        }

        static Code of(int number) {
            for (Code code : values()) {
                if (code.number == number) return code;
            }
            return INTERNAL;
        }
    }

    private final Code code;

    WorkflowException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** Why it failed. */
    public Code code() {
        return code;
    }
}
