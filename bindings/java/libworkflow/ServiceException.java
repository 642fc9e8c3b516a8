package libworkflow;

/** Thrown by a handler for an error that the procedure names under {@code errors}; any other is a failure. */
public final class ServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** {@code text} is for people. */
    public ServiceException(String code, String text) {
        super(text);
        this.code = code;
    }

    /** As the procedure names it. */
    public String code() {
        return code;
    }
}
